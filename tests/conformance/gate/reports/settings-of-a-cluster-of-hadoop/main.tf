resource "aws_emr_cluster" "x" {
  name          = "c"
  release_label = "emr-7.0.0"
  service_role  = "arn:aws:iam::111122223333:role/e"
  configurations_json = jsonencode([{ Classification = "hive-site", Properties = { "javax.jdo.option.ConnectionPassword" = "Kq7-vT3x9Lm2Zr" } }])
}
