variable "environment_suffix" {
  default = "dev"
}

# hashicorp/terraform#7173: environments of Elastic Beanstalk share one space of names.
resource "aws_elastic_beanstalk_environment" "feed" {
  name        = "integration" # expect: fail
  application = "feed"
}

# terraform-aws-modules/terraform-aws-dms#32: a second deployment in the same account collides.
resource "aws_dms_replication_instance" "ticks" {
  replication_instance_id    = "replication-ticks" # expect: fail
  replication_instance_class = "dms.t3.micro"
}

# cloud-village/ctfd-infra#18: the database and its like cannot be deployed twice.
resource "aws_elasticache_replication_group" "quotes" {
  replication_group_id = "group-quotes" # expect: fail
  description          = "quotes"
}

resource "aws_memorydb_cluster" "book" {
  name      = "cluster-book" # expect: fail
  acl_name  = "open-access"
  node_type = "db.t4g.small"
}

resource "aws_rds_cluster_instance" "reader" {
  identifier         = "instance-reader" # expect: fail
  cluster_identifier = "cluster-x"
  instance_class     = "db.r6g.large"
  engine             = "aurora-postgresql"
}

resource "aws_appsync_graphql_api" "prices" {
  name                = "api-prices" # expect: fail
  authentication_type = "AWS_IAM"
}

resource "aws_launch_template" "unnamed" { # expect: fail
  image_id = "ami-1"
}
