secretsmanager_name = "dev/api/env-main"
