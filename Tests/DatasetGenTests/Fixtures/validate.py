"""Validates documents against a JSON Schema: validate.py SCHEMA FILE...; prints the names of the invalid ones."""

import json
import sys

import jsonschema
import yaml


class Loader(yaml.SafeLoader):
    """YAML whose timestamps stay text, as in YAML 1.2 and in JSON."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
for path in sys.argv[2:]:
    with open(path, encoding="utf-8") as file:
        document = yaml.load(file, Loader)
    for error in validator.iter_errors(document):
        print(path, error.json_path, error.message.replace("\n", " ")[:200])
        break
