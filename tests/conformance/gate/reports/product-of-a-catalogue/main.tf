resource "aws_servicecatalog_provisioned_product" "p" {
  name                       = "p"
  product_name               = "Feeds"
  provisioning_artifact_name = "v1"
}
