resource "aws_rds_cluster" "prices" {
  cluster_identifier  = "cluster-prices"
  skip_final_snapshot = true
}

resource "aws_secretsmanager_secret" "feed" {
  name                    = "secret-feed"
  recovery_window_in_days = 0
}

resource "aws_synthetics_canary" "probe" {
  name          = "probe"
  delete_lambda = true
}

resource "aws_sagemaker_domain" "studio" {
  domain_name = "studio"
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

resource "aws_sqs_queue" "gone" {
  name = "queue-gone"
  lifecycle {
    destroy = true
  }
}
