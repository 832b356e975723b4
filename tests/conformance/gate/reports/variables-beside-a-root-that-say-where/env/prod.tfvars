secretsmanager_name = "dev/api/env-main"
instance_count = 3
