"""What scenes are made of: under a scene's name what serves that one, beside it what they share."""
