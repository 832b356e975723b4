resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotator" {
  name           = "r"
  application_id = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  capabilities   = ["CAPABILITY_IAM"]
}
