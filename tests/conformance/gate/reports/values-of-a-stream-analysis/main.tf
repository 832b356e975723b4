resource "aws_kinesisanalyticsv2_application" "a" {
  name                   = "a"
  runtime_environment    = "FLINK-1_18"
  service_execution_role = "arn:aws:iam::111122223333:role/a"
  application_configuration {
    environment_properties {
      property_group {
        property_group_id = "db"
        property_map = {
          "jdbc.password" = "Kq7-vT3x9Lm2Zr"
        }
      }
    }
  }
}
