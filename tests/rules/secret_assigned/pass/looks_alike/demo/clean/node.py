"""A node with names of secrets, and no secret."""

import os

PASSWORD = os.environ["DB_PASSWORD"]
TOKEN_URL = "https://id.example.invalid/v2/oauth2/9fTq27hLmZx4WcVb8"
SECRET_NAME = "projects-104392/secrets-v2/db9fTq27h"
TOKEN_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
TOKENIZER = "bert-base-v2-9fTq27hLmZx4WcVb8"
ACCESS_KEY = "aws_secret_manager_v2"
CLIENT_TOKEN = "e5c98c46-3c23-5ddb-8a7c-6ea1f8b4a9e7"
API_KEY = "your-9fTq27hLmZx4WcVb8"
PASSWORD_PROMPT = "password_for_stage_2_of_3"
IMAGE_KEY = f"data:image/png;base64,{'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk'}"
KEY_ID = "9fTq27hLmZx4WcVb8"
CUT_TOKEN = "9fTq27hLmZx4WcVb8..."
TYPES = {"Cloud::Api::ApiKey": "48205d4ffd7feba3"}
UNNAMED = "9fTq27hLmZx4WcVb8"


def run(text: str) -> dict[str, str]:
    """The text."""
    return {"text": text}
