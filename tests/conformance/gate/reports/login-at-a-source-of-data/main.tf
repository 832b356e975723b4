resource "aws_quicksight_data_source" "x" {
  data_source_id = "d"
  name           = "d"
  type           = "POSTGRESQL"
  credentials {
    credential_pair {
      username = "u"
      password = "Kq7-vT3x9Lm2Zr"
    }
  }
}
