resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = <<-EOT
    Resources:
      I:
        Type: AWS::RDS::DBInstance
        Properties: {DBClusterIdentifier: c, Engine: aurora-postgresql, DBInstanceClass: db.r6g.large}
  EOT
}
