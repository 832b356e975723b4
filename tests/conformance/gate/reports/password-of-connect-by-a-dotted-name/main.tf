resource "aws_mskconnect_connector" "c" {
  name                 = "c"
  kafkaconnect_version = "2.7.1"
  connector_configuration = {
    "connector.class"     = "io.confluent.connect.jdbc.JdbcSinkConnector"
    "connection.password" = "Kq7-vT3x9Lm2Zr"
  }
}
