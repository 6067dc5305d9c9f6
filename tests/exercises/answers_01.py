"""Answers to the exercises of lesson 01, as learners write them."""

import numpy as np
from collect import right, wrong


@wrong("01.flatten", "One vector for all images.", at="two images")
def _(images):
    return images.flatten()


@wrong("01.flatten", "One vector for all images.", at="two images")
def _(images):
    return images.T.flatten()


@wrong("01.flatten", "Only the first image comes back.", at="two images")
def _(images):
    for image in images:
        return image.flatten()


@wrong("01.flatten", "Only the first image comes back.", at="two images")
def _(images):
    rows = []
    for image in images:
        rows.append(image.flatten())
        return np.array(rows)


@wrong("01.flatten", "One row for all images.", at="two images")
def _(images):
    return np.array([images.ravel()])


@wrong("01.flatten", "Column by column instead of row by row.", at="two images")
def _(images):
    return np.array([image.T.flatten() for image in images])


@wrong("01.flatten", "Column by column instead of row by row.", at="two images")
def _(images):
    n, height, width = images.shape
    flat = np.zeros((n, height * width))
    for column in range(width):
        for row in range(height):
            flat[:, row + height * column] = images[:, row, column]
    return flat


@wrong("01.flatten", "The axes are exchanged.", at="two images")
def _(images):
    return np.array([image.reshape(-1) for image in images]).T


@wrong("01.flatten", "Pixels of different images are mixed.", at="two images")
def _(images):
    return images.reshape(images.shape[1] * images.shape[2], images.shape[0])


@wrong("01.flatten", "Pixels of different images are mixed.")
def _(images):
    return np.transpose(images).reshape(images.shape[0], -1)


@wrong("01.flatten", "Pixels of different images are mixed.", at="two images")
def _(images):
    return images.reshape(images.shape[1] * images.shape[2], -1).T


@wrong("01.flatten", "Right only for 784 pixels.", at="as many images as rows and columns")
def _(images):
    return images.reshape(-1, 28 * 28)


@wrong("01.flatten", "Right only for square images.", at="two images")
def _(images):
    side = images.shape[1]
    return images.reshape(len(images), side * side)


@wrong("01.flatten", "Right only for square images.", at="two images")
def _(images):
    return images.reshape(len(images), images.shape[2] * images.shape[2])


@wrong("01.flatten", "A list instead of an array.")
def _(images):
    return [image.reshape(-1) for image in images]


@wrong("01.flatten", "The argument images was changed.")
def _(images):
    images.resize((len(images), images.shape[1] * images.shape[2]), refcheck=False)
    return images


@wrong("01.flatten", "Your function stopped with a ValueError.", at="two images")
def _(images):
    return images.reshape(60000, 784)


@wrong("01.flatten", "An integer array cuts off the decimals.", at="one pixel wide")
def _(images):
    flat = np.zeros((len(images), images[0].size), dtype=int)
    for k, image in enumerate(images):
        flat[k] = image.ravel()
    return flat


@wrong("01.flatten", "The rows are counted by the height of an image.")
def _(images):
    return images.reshape(images.shape[1], -1)


@right("01.flatten")
def _(images):
    n, height, width = images.shape
    return images.reshape(n, height * width).copy()


@right("01.flatten")
def _(images):
    rows = []
    for image in images:
        rows.append([pixel for row in image for pixel in row])
    return np.array(rows)


@right("01.flatten")
def _(images):
    flat = np.zeros((images.shape[0], images.shape[1] * images.shape[2]), "float32")
    for i in range(images.shape[0]):
        for j in range(images.shape[1]):
            for k in range(images.shape[2]):
                flat[i, images.shape[2] * j + k] = images[i, j, k]
    return flat


@right("01.flatten")
def _(images):
    return images.reshape(-1, images[0].size)


@right("01.flatten")
def _(images):
    return np.stack([np.concatenate(image) for image in images])


@wrong("01.batch", "The start moves by one sample instead of one batch.", at="the second batch")
def _(x, n, size):
    return x[n : n + size]


@wrong("01.batch", "One sample too many.", at="one sample a batch")
def _(x, n, size):
    return x[n * size : (n + 1) * size + 1]


@wrong("01.batch", "One sample too few.", at="drawn at random")
def _(x, n, size):
    first, last = n * size, (n + 1) * size - 1
    return x[first:last]


@wrong("01.batch", "Batches are counted from 1.", at="a last batch of one")
def _(x, n, size):
    return x[size * (n - 1) : size * n]


@wrong("01.batch", "The batch begins one sample too early.", at="the second batch")
def _(x, n, size):
    start = n * size - 1
    return x[start : start + size]


@wrong("01.batch", "The batch begins one sample too late.", at="the first batch")
def _(x, n, size):
    start = n * size + 1
    return x[start : start + size]


@wrong("01.batch", "The very last sample is missing.", at="drawn at random")
def _(x, n, size):
    return x[size * n : min(size * (n + 1), len(x) - 1)]


@wrong("01.batch", "Right only for batches of 128.", at="the second batch")
def _(x, n, size):
    return x[128 * n : 128 * (n + 1)]


@wrong("01.batch", "The wrong axis.", at="the second batch")
def _(x, n, size):
    return x[:, n * size : (n + 1) * size]


@wrong("01.batch", "One sample instead of a batch.", at="the second batch")
def _(x, n, size):
    return x[n]


@wrong("01.batch", "One sample instead of a batch.", at="the second batch")
def _(x, n, size):
    return x[n * size]


@wrong("01.batch", "Only the first sample of the batch.", at="the second batch")
def _(x, n, size):
    return x[size * n : size * n + 1]


@wrong("01.batch", "The end does not move along.", at="the second batch")
def _(x, n, size):
    return x[size * n : size]


@wrong("01.batch", "Everything to the end.", at="drawn at random")
def _(x, n, size):
    return x[size * n :]


@wrong("01.batch", "Always the first batch.", at="a last batch of one")
def _(x, n, size):
    return x[0:size]


@wrong("01.batch", "The short last batch is filled up.", at="a short last batch")
def _(x, n, size):
    part = x[size * n : size * (n + 1)]
    while len(part) < size:
        part = np.concatenate([part, np.zeros_like(x[:1])])
    return part


@wrong("01.batch", "The short last batch is filled up.", at="a short last batch")
def _(x, n, size):
    return np.array([x[i % len(x)] for i in range(size * n, size * (n + 1))])


@wrong("01.batch", "The short last batch is filled up.", at="a short last batch")
def _(x, n, size):
    return np.array([x[min(i, len(x) - 1)] for i in range(size * n, size * (n + 1))])


@wrong("01.batch", "The short last batch is filled up.", at="a short last batch")
def _(x, n, size):
    return x[size * n : size * (n + 1)] if size * (n + 1) <= len(x) else x[-size:]


@wrong("01.batch", "The short last batch is dropped.", at="a short last batch")
def _(x, n, size):
    whole = len(x) // size
    return x[: whole * size][size * n : size * (n + 1)]


@wrong("01.batch", "The short last batch is dropped.", at="a short last batch")
def _(x, n, size):
    if size * (n + 1) > len(x):
        return np.array([])
    return x[size * n : size * (n + 1)]


@wrong("01.batch", "The short last batch ends in an error.", at="a short last batch")
def _(x, n, size):
    rows = []
    for k in range(size):
        rows.append(x[size * n + k])
    return np.array(rows)


@wrong("01.batch", "The short last batch ends in an error.", at="a short last batch")
def _(x, n, size):
    whole = len(x) // size
    return x[: whole * size].reshape(whole, size, *x.shape[1:])[n]


@wrong("01.batch", "Right only where all batches are full.", at="the second batch")
def _(x, n, size):
    return x.reshape(len(x) // size, size, *x.shape[1:])[n]


@wrong("01.batch", "Nothing was returned.", at="a short last batch")
def _(x, n, size):
    if size * (n + 1) <= len(x):
        return x[size * n : size * (n + 1)]


@wrong("01.batch", "A list instead of an array.", at="the second batch")
def _(x, n, size):
    return [x[i] for i in range(size * n, size * (n + 1))]


@wrong("01.batch", "Squeeze takes the axis of a batch of one away.", at="a last batch of one")
def _(x, n, size):
    return x[size * n : size * (n + 1)].squeeze()


@right("01.batch")
def _(x, n, size):
    return np.split(x, range(size, len(x), size))[n]


@right("01.batch")
def _(x, n, size):
    end = min(len(x), size * (n + 1))
    return np.array([x[i] for i in range(size * n, end)])


@right("01.batch")
def _(x, n, size):
    return x[size * n :][:size].copy()


@right("01.batch")
def _(x, n, size):
    parts = [x[start : start + size] for start in range(0, len(x), size)]
    return parts[n]


@right("01.batch")
def _(x, n, size):
    return np.array(x.tolist()[size * n : size * (n + 1)])


TRAP = "The silent trap: all predictions against all labels."


@wrong("01.errors", TRAP, at="three samples")
def _(predictions, labels):
    return predictions - labels


@wrong("01.errors", TRAP, at="three samples")
def _(predictions, labels):
    return np.array(labels, "float64") - predictions


@wrong("01.errors", TRAP, at="three samples")
def _(predictions, labels):
    return (predictions - labels).flatten()


@wrong("01.errors", TRAP, at="three samples")
def _(predictions, labels):
    return predictions.flatten() - labels.reshape(-1, 1)


@wrong("01.errors", TRAP, at="three samples")
def _(predictions, labels):
    return np.abs(predictions - labels)


@wrong("01.errors", "The silent trap, and then a mean over its table.")
def _(predictions, labels):
    return (predictions - labels).mean(axis=1)


@wrong("01.errors", "A column instead of a vector.", at="three samples")
def _(predictions, labels):
    return predictions - labels.reshape(-1, 1)


@wrong("01.errors", "A matrix of one row instead of a vector.", at="three samples")
def _(predictions, labels):
    return np.transpose(predictions) - labels


@wrong("01.errors", "Only the first prediction is used.", at="three samples")
def _(predictions, labels):
    return (predictions - labels)[0]


@wrong("01.errors", "Only the first prediction is used.", at="three samples")
def _(predictions, labels):
    return predictions[0] - np.array(labels, "float64")


@wrong("01.errors", "Only the first label is used.", at="three samples")
def _(predictions, labels):
    return (predictions - labels)[:, 0]


@wrong("01.errors", "The wrong sign.", at="three samples")
def _(predictions, labels):
    return labels.astype(float) - predictions.ravel()


@wrong("01.errors", "The sign is lost.", at="three samples")
def _(predictions, labels):
    return np.abs(predictions[:, 0].astype(float) - labels)


@wrong("01.errors", "A small dtype counts round like a clock.", at="dtype int8")
def _(predictions, labels):
    return predictions.squeeze(axis=1) - labels


@wrong("01.errors", "A small dtype counts round like a clock.", at="dtype int8")
def _(predictions, labels):
    return np.array([p[0] - label for p, label in zip(predictions, labels, strict=True)])


@wrong("01.errors", "A small dtype counts round like a clock.", at="dtype int8")
def _(predictions, labels):
    return (predictions[:, 0] - labels).astype("float64")


@wrong("01.errors", "The decimals are cut off before you subtract.", at="three samples")
def _(predictions, labels):
    return np.array([int(p[0]) - int(label) for p, label in zip(predictions, labels, strict=True)])


@wrong("01.errors", "The decimals are cut off before you subtract.", at="three samples")
def _(predictions, labels):
    return predictions[:, 0] - labels.astype("int32")


@wrong("01.errors", "The decimals are cut off before you subtract.", at="three samples")
def _(predictions, labels):
    return predictions.astype("int16").flatten() - labels


@wrong("01.errors", "An integer array cuts off the decimals.", at="whole numbers as labels")
def _(predictions, labels):
    errors = np.zeros_like(labels)
    for i in range(len(labels)):
        errors[i] = predictions[i, 0] - labels[i]
    return errors


@wrong("01.errors", "A list instead of an array.", at="three samples")
def _(predictions, labels):
    return [float(p[0]) - float(label) for p, label in zip(predictions, labels, strict=True)]


@right("01.errors")
def _(predictions, labels):
    return np.diag(predictions.astype(float) - labels)


@right("01.errors")
def _(predictions, labels):
    return predictions.reshape(-1).astype("float32") - labels.astype("float32")


@right("01.errors")
def _(predictions, labels):
    return np.array([float(p[0]) - float(label) for p, label in zip(predictions, labels)])  # noqa: B905


@right("01.errors")
def _(predictions, labels):
    errors = np.zeros(len(labels))
    for i in range(len(labels)):
        errors[i] = float(predictions[i, 0]) - float(labels[i])
    return errors


@right("01.errors")
def _(predictions, labels):
    return predictions.squeeze() * 1.0 - labels


@right("01.errors")
def _(predictions, labels):
    return (predictions - labels[:, np.newaxis].astype(float))[:, 0]
