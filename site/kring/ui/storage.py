"""Static files under names that change with their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_modules = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Follows the imports of our own ES modules; those of packages name files that they don't carry."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("kring/js/*.js", _modules))
