"""The story's own text: segmentation, features, classifier."""
