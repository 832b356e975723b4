resource "aws_osis_pipeline" "p" {
  pipeline_name = "p"
  max_units     = 2
  min_units     = 1
  pipeline_configuration_body = <<-EOT
    version: "2"
    log-pipeline:
      source:
        http:
          path: "/logs"
          authentication:
            http_basic:
              username: "feed"
              password: "Kq7-vT3x9Lm2Zr"
      sink:
        - stdout:
  EOT
}
