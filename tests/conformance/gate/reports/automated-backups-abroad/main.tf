provider "aws" {
  region = "us-east-1"
}
provider "aws" {
  alias  = "dr"
  region = "us-west-2"
}
resource "aws_db_instance_automated_backups_replication" "r" {
  provider               = aws.dr
  source_db_instance_arn = "arn"
}
