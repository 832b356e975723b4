resource "aws_mskconnect_connector" "c" {
  name                 = "c"
  kafkaconnect_version = "2.7.1"
  connector_configuration = {
    "producer.override.sasl.jaas.config" = "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"feed\" password=\"Kq7-vT3x9Lm2Zr\";"
  }
}
