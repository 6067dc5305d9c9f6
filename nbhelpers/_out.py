"""What Keras has and this package has not: whoever asks for it is told so, and what serves instead.

`NAMES` lists it, room by room; a name mistyped still gets Python's ordinary error.
"""

import functools
import inspect
import sys
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar, cast

Call = TypeVar("Call", bound=Callable[..., Any])
Kind = TypeVar("Kind", bound=type)
PACKAGE = __name__.partition(".")[0]

NAMES = {
    "": """
        DTypePolicy FloatDTypePolicy Function Initializer InputSpec KerasTensor Layer Loss
        Metric Model Operation Optimizer Quantizer Regularizer RematScope StatelessScope
        SymbolicScope Variable applications backend config constraints device distillation
        distribution dtype_policies export legacy mixed_precision name_scope ops
        preprocessing quantizers random regularizers remat saving visualization wrappers
    """,
    "layers": """
        ActivityRegularization AdaptiveAveragePooling1D AdaptiveAveragePooling2D
        AdaptiveAveragePooling3D AdaptiveMaxPooling1D AdaptiveMaxPooling2D
        AdaptiveMaxPooling3D Add AdditiveAttention AlphaDropout Attention AugMix
        AutoContrast Average AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D
        AvgPool2D AvgPool3D BatchNormalization Bidirectional CategoryEncoding CenterCrop
        Concatenate ContrastLimitedAdaptiveHistogramEqualization Conv1D Conv1DTranspose
        Conv2D Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D
        Convolution1D Convolution1DTranspose Convolution2D Convolution2DTranspose
        Convolution3D Convolution3DTranspose Cropping1D Cropping2D Cropping3D CutMix
        DepthwiseConv1D DepthwiseConv2D Discretization Dot ELU EinsumDense Embedding
        Equalization FlaxLayer GRU GRUCell GaussianDropout GaussianNoise
        GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D GlobalAvgPool1D
        GlobalAvgPool2D GlobalAvgPool3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D
        GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GroupNormalization
        GroupQueryAttention HashedCrossing Hashing Identity InputLayer InputSpec
        IntegerLookup JaxLayer LSTM LSTMCell Lambda LayerNormalization LeakyReLU Masking
        MaxNumBoundingBoxes MaxPool1D MaxPool2D MaxPool3D MaxPooling1D MaxPooling2D
        MaxPooling3D Maximum MelSpectrogram Minimum MixUp MultiHeadAttention Multiply
        Normalization PReLU Permute Pipeline RMSNormalization RNN RandAugment
        RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop
        RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale
        RandomHue RandomInvert RandomPerspective RandomPosterization RandomRotation
        RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom
        RepeatVector Reshape Resizing ReversibleEmbedding STFTSpectrogram SeparableConv1D
        SeparableConv2D SeparableConvolution1D SeparableConvolution2D SimpleRNN
        SimpleRNNCell Solarization SpatialDropout1D SpatialDropout2D SpatialDropout3D
        SpectralNormalization StackedRNNCells StringLookup Subtract TFSMLayer
        TextVectorization TimeDistributed TorchModuleWrapper UnitNormalization UpSampling1D
        UpSampling2D UpSampling3D Wrapper ZeroPadding1D ZeroPadding2D ZeroPadding3D add
        average concatenate deserialize dot maximum minimum multiply serialize subtract
    """,
    "losses": """
        BinaryFocalCrossentropy CTC CategoricalFocalCrossentropy
        CategoricalGeneralizedCrossEntropy CategoricalHinge Circle CosineSimilarity Dice
        Hinge Huber KLDivergence LogCosh MeanAbsolutePercentageError
        MeanSquaredLogarithmicError Poisson SquaredHinge Tversky binary_focal_crossentropy
        categorical_focal_crossentropy categorical_generalized_cross_entropy
        categorical_hinge circle cosine_similarity ctc deserialize dice hinge huber
        kl_divergence log_cosh mean_absolute_percentage_error mean_squared_logarithmic_error
        poisson serialize squared_hinge tversky
    """,
    "optimizers": """
        Adadelta Adafactor AdamW Adamax Ftrl Lamb Lion LossScaleOptimizer MultiOptimizer
        Muon Nadam OptimizerMap ScheduleFreeAdamW deserialize legacy schedules serialize
    """,
    "metrics": """
        AUC Accuracy BinaryAccuracy BinaryCrossentropy BinaryIoU CategoricalAccuracy
        CategoricalCrossentropy CategoricalHinge ConcordanceCorrelation CosineSimilarity
        F1Score FBetaScore FalseNegatives FalsePositives Hinge IoU KLDivergence LogCoshError
        Mean MeanAbsoluteError MeanAbsolutePercentageError MeanIoU MeanMetricWrapper
        MeanSquaredError MeanSquaredLogarithmicError Metric OneHotIoU OneHotMeanIoU
        PearsonCorrelation Poisson Precision PrecisionAtRecall R2Score Recall
        RecallAtPrecision RootMeanSquaredError SensitivityAtSpecificity
        SparseCategoricalAccuracy SparseCategoricalCrossentropy
        SparseTopKCategoricalAccuracy SpecificityAtSensitivity SquaredHinge Sum
        TopKCategoricalAccuracy TrueNegatives TruePositives binary_crossentropy
        binary_focal_crossentropy categorical_crossentropy categorical_focal_crossentropy
        categorical_hinge concordance_correlation deserialize hinge huber kl_divergence
        log_cosh mean_absolute_percentage_error mean_squared_logarithmic_error
        pearson_correlation poisson serialize sparse_categorical_crossentropy
        sparse_top_k_categorical_accuracy squared_hinge top_k_categorical_accuracy
    """,
    "activations": """
        celu deserialize elu exponential gelu glu hard_shrink hard_sigmoid hard_silu
        hard_swish hard_tanh log_sigmoid mish relu6 selu serialize silu soft_shrink softplus
        softsign sparse_plus sparse_sigmoid sparsemax squareplus swish tanh_shrink threshold
    """,
    "initializers": """
        Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer
        Initializer LecunNormal LecunUniform Ones Orthogonal OrthogonalInitializer
        RandomNormal RandomUniform STFT STFTInitializer TruncatedNormal VarianceScaling
        Zeros constant deserialize glorot_normal identity lecun_normal lecun_uniform
        orthogonal serialize stft truncated_normal variance_scaling
    """,
    "callbacks": """
        BackupAndRestore CSVLogger LambdaCallback LearningRateScheduler OrbaxCheckpoint
        ProgbarLogger ReduceLROnPlateau RemoteMonitor SwapEMAWeights TensorBoard
        TerminateOnNaN
    """,
    "utils": """
        Config CustomObjectScope FeatureSpace Progbar PyDataset Sequence array_to_img
        audio_dataset_from_directory bounding_boxes clear_session custom_object_scope
        deserialize_keras_object disable_interactive_logging enable_interactive_logging
        get_custom_objects get_file get_registered_name get_registered_object
        get_source_inputs image_dataset_from_directory img_to_array
        is_interactive_logging_enabled is_keras_tensor legacy load_img model_to_dot
        normalize pack_x_y_sample_weight pad_sequences plot_model
        register_keras_serializable save_img serialize_keras_object split_dataset
        standardize_dtype text_dataset_from_directory timeseries_dataset_from_array
        unpack_x_y_sample_weight
    """,
    "datasets": """
        boston_housing california_housing cifar10 cifar100 imdb reuters
    """,
    "models": """
        Model clone_model model_from_json save_model
    """,
    "Sequential": """
        add_loss add_metric add_weight compile_from_config compute_loss compute_metrics
        compute_output_shape compute_output_spec export from_config get_config get_layer
        get_metrics_result jit_compile losses make_predict_function make_test_function
        make_train_function metrics_variables non_trainable_variables non_trainable_weights
        pop predict_on_batch predict_step quantize reset_metrics run_eagerly stateless_call
        test_on_batch test_step to_json train_on_batch train_step
    """,
}

# Arguments of Keras, by what takes them, with Keras's defaults.
_LAYER = {
    "activity_regularizer": None,
    "autocast": True,
    "batch_size": None,
    "dtype": None,
    "trainable": True,
}
_OPTIMIZER = {
    "weight_decay": None,
    "clipnorm": None,
    "clipvalue": None,
    "global_clipnorm": None,
    "use_ema": False,
    "ema_momentum": 0.99,
    "ema_overwrite_frequency": None,
    "loss_scale_factor": None,
    "gradient_accumulation_steps": None,
    "name": None,
}
_LOSS = {"reduction": "sum_over_batch_size", "dtype": None, "name": None}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "fit": {
        "class_weight": None,
        "sample_weight": None,
        "steps_per_epoch": None,
        "validation_steps": None,
        "validation_batch_size": None,
        "validation_freq": 1,
    },
    "evaluate": {"sample_weight": None, "steps": None},
    "predict": {"steps": None},
    "call": {"training": False},
    "compile": {
        "loss_weights": None,
        "weighted_metrics": None,
        "run_eagerly": False,
        "steps_per_execution": 1,
        "jit_compile": "auto",
        "auto_scale_loss": True,
    },
    "load_model": {"custom_objects": None, "compile": True, "safe_mode": True},
    "save": {"overwrite": True, "zipped": None, "save_format": None, "include_optimizer": True},
    "load_weights": {"skip_mismatch": False},
    "summary": {
        "line_length": None,
        "positions": None,
        "print_fn": None,
        "expand_nested": False,
        "show_trainable": False,
        "layer_range": None,
    },
    "Input": {
        "batch_size": None,
        "dtype": None,
        "sparse": None,
        "ragged": None,
        "batch_shape": None,
        "tensor": None,
        "optional": False,
    },
    "Dense": {
        **_LAYER,
        "use_bias": True,
        "bias_initializer": "zeros",
        "kernel_regularizer": None,
        "bias_regularizer": None,
        "kernel_constraint": None,
        "bias_constraint": None,
        "lora_rank": None,
        "lora_alpha": None,
        "quantization_config": None,
    },
    "Dropout": {**_LAYER, "noise_shape": None, "seed": None},
    "ReLU": {**_LAYER, "max_value": None, "negative_slope": 0.0, "threshold": 0.0},
    "Softmax": {**_LAYER, "axis": -1},
    "Layer": {**_LAYER, "data_format": None},
    "SGD": _OPTIMIZER,
    "Adagrad": _OPTIMIZER,
    "RMSprop": {**_OPTIMIZER, "centered": False},
    "Adam": {**_OPTIMIZER, "amsgrad": False},
    "Loss": {**_LOSS, "label_smoothing": 0.0, "axis": -1, "ignore_class": None},
    "EarlyStopping": {"baseline": None, "start_from_epoch": 0},
    "ModelCheckpoint": {"save_freq": "epoch", "initial_value_threshold": None},
}

# What serves instead: by name where there is something to say, else by room.
_OWN = "A class derived from callbacks.Callback can do it"
_RATE = "Set self.model.optimizer.learning_rate in a callback, at on_epoch_begin"
_OVERFITTING = "Against overfitting there are layers.Dropout and callbacks.EarlyStopping"
_SEQUENTIAL = "Models here are Sequential: a list of layers, the first with its input_shape"
_ARRAYS = "Everything here is a NumPy array: use NumPy"
_ROOMS = {
    "": "README.md says what is here",
    "layers": "Layers here are Dense, Flatten, Rescaling, Activation, Softmax, ReLU and Dropout",
    "losses": "Losses here are the mean squared and absolute error and the cross-entropies; "
    "a class derived from losses.Loss can be your own",
    "optimizers": "Optimizers here are SGD, Adagrad, RMSprop and Adam",
    "metrics": "Metrics here are the accuracies, mse and mae; "
    "a function of (y_true, y_pred) can be your own",
    "activations": "Activations here are linear, relu, leaky_relu, sigmoid, softmax and tanh; "
    "activations.Activation(name, forward, backward) can be your own",
    "initializers": "Initializers here are glorot_uniform, he_normal, he_uniform, random_normal, "
    "random_uniform, zeros and ones; a function of (shape, rng, dtype) can be your own",
    "callbacks": _OWN,
    "utils": "Here are utils.to_categorical and utils.set_random_seed",
    "datasets": 'Data sets here are mnist, fashion_mnist and the bundled digits: load("digits")',
    "models": _SEQUENTIAL,
    "Sequential": "README.md says what a model can do",
}
_INSTEAD = {
    "LearningRateScheduler": _RATE,
    "Model": _SEQUENTIAL,
    "ReduceLROnPlateau": _RATE,
    "TensorBoard": "callbacks.LivePlot draws the curves while the network learns",
    "ProgbarLogger": "fit(verbose=1) shows a bar",
    "constraints": _OVERFITTING,
    "get_config": "model.save keeps all of a model, load_model brings it back",
    "get_layer": "model.layers[k] is the layer",
    "model_from_json": "model.save keeps all of a model, load_model brings it back",
    "normalize": "x / np.linalg.norm(x, axis=-1, keepdims=True) does it",
    "ops": _ARRAYS,
    "plot_model": "model.summary() prints the layers",
    "preprocessing": "layers.Rescaling brings pixels to 0..1",
    "random": "Use numpy.random.default_rng(seed)",
    "regularizers": _OVERFITTING,
    "save_model": "model.save(filepath) does it",
    "schedules": _RATE,
    "to_json": "model.save keeps all of a model, load_model brings it back",
    "train_on_batch": "fit(x, y, epochs=1, batch_size=len(x)) makes one update",
    "test_on_batch": "evaluate does it",
    "predict_on_batch": "predict does it",
    # Arguments.
    "class_weight": "Give rare classes more rows",
    "sample_weight": "Every sample counts alike; leave out what should not count",
    "validation_freq": "Validation ends every epoch",
    "steps_per_epoch": "An epoch is one pass over x",
    "steps": "All of x is used",
    "training": "A model that is called predicts; a layer takes it: layer(x, training=True)",
    "overwrite": "An older file of that name is replaced",
    "seed": "The model's seed draws everything",
    "dtype": 'Sequential(layers, dtype="float64") sets it for all',
    "batch_shape": "Give shape, without the batch axis",
    "compile": "The model comes back as it was saved",
    "negative_slope": 'Activation("leaky_relu") has a slope of 0.2',
    "kernel_regularizer": _OVERFITTING,
    "bias_regularizer": _OVERFITTING,
    "activity_regularizer": _OVERFITTING,
    "kernel_constraint": _OVERFITTING,
    "bias_constraint": _OVERFITTING,
    "bias_initializer": "Biases start at zero",
    "use_bias": "Every Dense has a bias",
    "custom_objects": "What is not the package's own is not saved",
}


def sentence(room: str, name: str) -> str | None:
    """Return what to say to who asks a room for a name of Keras; None if it is no such name.

    Parameters
    ----------
    room : str
        ``"layers"``; ``""`` is the package itself.
    name : str

    Examples
    --------
    >>> sentence("callbacks", "TensorBoard")  # doctest: +ELLIPSIS
    'callbacks.TensorBoard is in Keras, but not in this course. callbacks.LivePlot draws ...'
    """
    if name not in NAMES.get(room, "").split():
        return None
    return _say(f"{room or PACKAGE}.{name}", name, room)


def _say(what: str, name: str, room: str = "") -> str:
    advice = _INSTEAD.get(name, _ROOMS[room])
    return f"{what} is in Keras, but not in this course. {advice}."


def missing(module: str) -> Callable[[str], NoReturn]:
    """Return the ``__getattr__`` of a module, which says what is not here.

    ``from module import name`` would turn its AttributeError into "cannot import name". But
    where a module may have submodules, Python then looks for one, and asks `Absent`.
    """
    found = vars(sys.modules[module])
    found.setdefault("__path__", [])
    room = module.partition(".")[2]

    def __getattr__(name: str) -> NoReturn:
        words = sentence(room, name) or f"module {module!r} has no attribute {name!r}"
        raise AttributeError(words, name=name, obj=sys.modules[module])

    return __getattr__


class Absent:
    """Where Python looks last for a module that it cannot find."""

    @staticmethod
    def find_spec(fullname: str, path: Any = None, target: Any = None) -> None:
        """Raise ImportError if it is one of Keras that is not here."""
        package, _, rest = fullname.partition(".")
        room, _, name = rest.rpartition(".")
        if package == PACKAGE and (words := sentence(room, name)):
            raise ImportError(words, name=fullname)


def arguments(what: str) -> Callable[[Call], Call]:
    """Return a decorator that refuses the arguments of Keras that `ARGUMENTS` lists.

    Given with Keras's own defaults they change nothing, and are taken. For one that neither knows,
    such as ``lr``, it says which there are.

    Parameters
    ----------
    what : str
        A key of `ARGUMENTS`.

    Examples
    --------
    >>> @arguments("evaluate")
    ... def evaluate(x):
    ...     return x
    >>> evaluate(1, steps=None)
    1
    >>> evaluate(1, steps=10)
    Traceback (most recent call last):
    TypeError: evaluate: steps is in Keras, but not in this course. All of x is used.
    """
    out = ARGUMENTS[what]

    def decorate(call: Call) -> Call:
        known = [name for name in inspect.signature(call).parameters if name != "self"]

        @functools.wraps(call)
        def checked(*given: Any, **named: Any) -> Any:
            is_new = call.__name__ == "__init__"
            where = type(given[0]).__name__ if is_new else call.__name__.strip("_")
            for name in out.keys() & named.keys():
                value = named.pop(name)
                if type(value) is not type(out[name]) or value != out[name]:
                    raise TypeError(_say(f"{where}: {name}", name))
            for name in named:
                if name not in known:
                    raise TypeError(f"{where}: there is no {name}, only {', '.join(known)}")
            return call(*given, **named)

        return cast(Call, checked)

    return decorate


def constructor(what: str) -> Callable[[Kind], Kind]:
    """Return the same for the constructor of a class that has not written its own."""

    def decorate(kind: Kind) -> Kind:
        kind.__init__ = arguments(what)(kind.__init__)  # type: ignore[misc]
        return kind

    return decorate


sys.meta_path.append(Absent)
