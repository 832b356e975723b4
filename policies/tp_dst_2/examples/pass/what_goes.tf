resource "aws_rds_cluster" "prices" {
  cluster_identifier  = "cluster-prices"
  engine              = "aurora-postgresql"
  skip_final_snapshot = true
}

resource "aws_secretsmanager_secret" "feed" {
  name                    = "secret-feed"
  recovery_window_in_days = 0
}

resource "aws_synthetics_canary" "probe" {
  name                 = "probe"
  artifact_s3_location = "s3://probe/"
  execution_role_arn   = "arn:aws:iam::123456789012:role/probe"
  handler              = "probe.handler"
  runtime_version      = "syn-python-selenium-4.1"
  zip_file             = "probe.zip"
  delete_lambda        = true
  schedule {
    expression = "rate(1 hour)"
  }
}

resource "aws_sagemaker_domain" "studio" {
  domain_name = "studio"
  auth_mode   = "IAM"
  subnet_ids  = ["subnet-1"]
  vpc_id      = "vpc-1"
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
  retention_policy {
    home_efs_file_system = "Delete"
  }
}

# AWS deletes no key at once: 7 days are the shortest there is.
resource "aws_kms_key" "data" {
  deletion_window_in_days = 7
}

resource "aws_elasticache_replication_group" "quotes" {
  replication_group_id = "quotes"
  description          = "quotes"
}

resource "aws_instance" "box" {
  ami           = "ami-1"
  instance_type = "t3.small"
  root_block_device {
    delete_on_termination = true
  }
}

resource "aws_storagegateway_tape_pool" "tapes" {
  pool_name           = "tapes"
  storage_class       = "GLACIER"
  retention_lock_type = "NONE"
}
