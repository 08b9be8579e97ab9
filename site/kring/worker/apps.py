from django.apps import AppConfig


class WorkerConfig(AppConfig):
    name = "kring.worker"
    label = "worker"
