"""From a learner's function to an answer: try it, compare, and say what is wrong with it."""
