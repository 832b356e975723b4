resource "aws_cloudformation_stack" "s" {
  name          = "s"
  template_body = jsonencode({
    Resources = { T = { Type = "AWS::ECS::TaskDefinition", Properties = { Family = "t", ContainerDefinitions = [
      { Name = "t", Image = "t:1", Environment = [{ Name = "DB_PASSWORD", Value = "Tr0ub4dor-and-3" }] },
    ] } } }
  })
}
