resource "aws_vpc_endpoint_service" "s" {
  acceptance_required = false
  allowed_principals  = ["*"]
}
