from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    name = "kring.recognition"
    label = "recognition"
