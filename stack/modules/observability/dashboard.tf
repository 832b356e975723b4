locals {
  processors = { for key, function in var.functions : key => function if !contains(["quarantine", "sealer"], key) }

  # CloudWatch shows a hundred alarms in one widget.
  all_alarm_arns   = concat(local.composite_alarm_arns, local.metric_alarm_arns)
  shown_alarm_arns = slice(local.all_alarm_arns, 0, min(100, length(local.all_alarm_arns)))

  graphs = [
    {
      title   = "Events taken by each rule"
      metrics = [for key, rule in var.rule_names : ["AWS/Events", "MatchedEvents", "EventBusName", var.event_bus_name, "RuleName", rule, { label = key, stat = "Sum" }]]
    },
    {
      title   = "Receive to commit, p99 (ms)"
      metrics = [for key, function in local.processors : [var.metrics_namespace, "CommitLatency", "service", function.name, { label = key, stat = "p99" }]]
    },
    {
      title   = "Event time to commit, p99 (ms)"
      metrics = [for key, function in local.processors : [var.metrics_namespace, "EventLatency", "service", function.name, { label = key, stat = "p99" }]]
    },
    {
      title   = "Function duration, p99 (ms)"
      metrics = [for key, function in var.functions : ["AWS/Lambda", "Duration", "FunctionName", function.name, { label = key, stat = "p99" }]]
    },
    {
      title   = "Concurrent executions"
      metrics = [for key, function in var.functions : ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", function.name, { label = key, stat = "Maximum" }]]
    },
    {
      title   = "Errors and throttles"
      metrics = flatten([for key, function in var.functions : [for metric in ["Errors", "Throttles"] : { row = ["AWS/Lambda", metric, "FunctionName", function.name, { label = "${key} ${lower(metric)}", stat = "Sum" }] }]])[*].row
    },
    {
      title = "Runs that fail (%)"
      metrics = flatten([
        for index, key in sort(keys(var.functions)) : concat(
          [{ row = [{ expression = "100 * errors${index} / runs${index}", id = "share${index}", label = key }] }],
          [
            for id, metric in { errors = "Errors", runs = "Invocations" } :
            { row = ["AWS/Lambda", metric, "FunctionName", var.functions[key].name, { id = "${id}${index}", stat = "Sum", visible = false }] }
          ],
        )
      ])[*].row
    },
    {
      title   = "Age of the oldest buffered event (s)"
      metrics = [for key, queue in var.buffer_names : ["AWS/SQS", "ApproximateAgeOfOldestMessage", "QueueName", queue, { label = key, stat = "Maximum" }]]
    },
    {
      title   = "Messages in dead-letter queues"
      metrics = [for key, queue in var.dlq_names : ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue, { label = key, stat = "Maximum" }]]
    },
    {
      title   = "Write units of the tables"
      metrics = [for key, table in var.table_names : ["AWS/DynamoDB", "ConsumedWriteCapacityUnits", "TableName", table, { label = key, stat = "Sum" }]]
    },
    {
      title   = "Latency of the tables, mean (ms)"
      metrics = flatten([for key, table in var.table_names : [for operation in ["PutItem", "Query", "TransactWriteItems"] : { row = ["AWS/DynamoDB", "SuccessfulRequestLatency", "TableName", table, "Operation", operation, { label = "${key} ${operation}", stat = "Average" }] }]])[*].row
    },
    {
      title   = "Checkpoints sealed"
      metrics = [[var.metrics_namespace, "CheckpointSealed", "service", var.functions["sealer"].name, { label = "checkpoints", stat = "Sum" }]]
    },
  ]
}

resource "aws_cloudwatch_dashboard" "this" {
  dashboard_name = "dashboard-market-data-${var.environment_suffix}"

  dashboard_body = jsonencode({
    widgets = concat(
      [{
        type       = "alarm"
        x          = 0
        y          = 0
        width      = 24
        height     = 4
        properties = { title = "Alarms", alarms = local.shown_alarm_arns }
      }],
      [
        for index, graph in local.graphs : {
          type   = "metric"
          x      = 12 * (index % 2)
          y      = 4 + 6 * floor(index / 2)
          width  = 12
          height = 6
          properties = {
            title   = graph.title
            metrics = graph.metrics
            period  = 60
            region  = var.account.region
            view    = "timeSeries"
          }
        } if length(graph.metrics) > 0
      ],
    )
  })
}
