module "s3" {
  source = "./s3"
}
