"""Manual and automatic validation."""

import numpy
from keras.layers import Dense
from keras.models import Sequential

seed = 7
numpy.random.seed(seed)
X = numpy.random.normal(size=(120, 8))
Y = (X.sum(axis=1) > 0).astype("float32")


def create():
    model = Sequential()
    model.add(Dense(12, input_dim=8, kernel_initializer="uniform", activation="relu"))
    model.add(Dense(8, kernel_initializer="glorot_uniform", activation="relu"))
    model.add(Dense(1, kernel_initializer="he_normal", activation="sigmoid"))
    model.compile(loss="binary_crossentropy", optimizer="adam", metrics=["accuracy"])
    return model


history = create().fit(X, Y, validation_split=0.33, epochs=6, batch_size=10, verbose=0)
assert list(history.history.keys()).count("val_loss") == 1
cvscores = []
folds = numpy.array_split(numpy.random.permutation(len(X)), 3)
for k, test in enumerate(folds):
    train = numpy.concatenate(folds[:k] + folds[k + 1 :])
    model = create()
    model.fit(X[train], Y[train], epochs=5, batch_size=10, verbose=0)
    scores = model.evaluate(X[test], Y[test], verbose=0)
    cvscores.append(scores[1] * 100)
print("%.2f%% (+/- %.2f%%)" % (numpy.mean(cvscores), numpy.std(cvscores)))
