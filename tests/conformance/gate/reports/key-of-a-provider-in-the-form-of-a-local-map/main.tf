locals {
  datadog = {
    api = "4f8b2c1e9a7d3056b1c8e2f4a6d09c73"
    app = "9d2e7f1a4c6b8035e7a1d3f5b9c2048e6a7f1d3b"
  }
}
provider "datadog" {
  api_key = local.datadog.api
  app_key = local.datadog.app
}
