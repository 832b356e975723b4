# hashicorp/terraform-provider-aws#6507.
resource "aws_rds_cluster" "prices" {
  cluster_identifier       = "cluster-prices"
  engine                   = "aurora-postgresql"
  skip_final_snapshot      = true
  delete_automated_backups = false # expect: fail
}

# hashicorp/terraform-provider-aws#5127: the name of a secret stays taken.
resource "aws_secretsmanager_secret" "feed" { # expect: fail
  name = "secret-feed"
}

resource "aws_secretsmanager_secret" "desk" {
  name                    = "secret-desk"
  recovery_window_in_days = 7 # expect: fail
}

# hashicorp/terraform-provider-aws#19141: the function and layer of a canary are left behind.
resource "aws_synthetics_canary" "probe" { # expect: fail
  name                 = "probe"
  artifact_s3_location = "s3://probe/"
  execution_role_arn   = "arn:aws:iam::123456789012:role/probe"
  handler              = "probe.handler"
  runtime_version      = "syn-python-selenium-4.1"
  zip_file             = "probe.zip"
  schedule {
    expression = "rate(1 hour)"
  }
}

# hashicorp/terraform-provider-aws#20986: the file system of SageMaker Studio holds on to its subnets.
resource "aws_sagemaker_domain" "studio" { # expect: fail
  domain_name = "studio"
  auth_mode   = "IAM"
  subnet_ids  = ["subnet-1"]
  vpc_id      = "vpc-1"
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
}

resource "aws_sagemaker_domain" "kept" {
  domain_name = "kept"
  auth_mode   = "IAM"
  subnet_ids  = ["subnet-1"]
  vpc_id      = "vpc-1"
  default_user_settings {
    execution_role = "arn:aws:iam::123456789012:role/studio"
  }
  retention_policy {
    home_efs_file_system = "Retain" # expect: fail
  }
}

# aws-ia/terraform-aws-bedrock#123.
resource "aws_bedrockagent_data_source" "filings" {
  name                 = "filings"
  knowledge_base_id    = "KB00000001"
  data_deletion_policy = "RETAIN" # expect: fail
  data_source_configuration {
    type = "S3"
    s3_configuration {
      bucket_arn = "arn:aws:s3:::filings"
    }
  }
}

resource "aws_ebs_volume" "ticks" {
  availability_zone = "us-east-1a"
  size              = 1
  final_snapshot    = true # expect: fail
}

resource "aws_elasticache_replication_group" "quotes" {
  replication_group_id      = "quotes"
  description               = "quotes"
  final_snapshot_identifier = "quotes-last" # expect: fail
}

# Amazon EC2 User Guide, "Preserve data when an instance is terminated".
resource "aws_instance" "box" {
  ami           = "ami-1"
  instance_type = "t3.small"
  root_block_device {
    delete_on_termination = false # expect: fail
  }
}

resource "aws_eks_addon" "dns" {
  cluster_name = "cluster"
  addon_name   = "coredns"
  preserve     = true # expect: fail
}

resource "aws_s3_object" "tape" {
  bucket                        = "tapes"
  key                           = "tape"
  object_lock_legal_hold_status = "ON" # expect: fail
}

resource "aws_storagegateway_tape_pool" "tapes" {
  pool_name                   = "tapes"
  storage_class               = "GLACIER"
  retention_lock_type         = "GOVERNANCE" # expect: fail
  retention_lock_time_in_days = 100
}
