"""No models: the file makes Django count this app among those that migrate."""
