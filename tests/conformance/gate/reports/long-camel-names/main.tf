locals {
  steps = {
    check  = "callFunctionCheckIfDataAlreadyExistsPerpetualSubinventory"
    recall = "recallNoticesRecallBusinessUnits-validation-group-1297083594-1"
  }
}

output "steps" {
  value = local.steps
}
