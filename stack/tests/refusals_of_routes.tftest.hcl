# What the system refuses of routes; see refusals.tftest.hcl.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment_suffix = "test"
  lambda_zip_path    = "tests/mocks/aws.tfmock.hcl"
}

run "refuses_routes_that_break_every_rule_of_a_route" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    routes = {
      sealer = { detail_types = ["Trade"] }
      bad    = { delivery = "streamed", detail_types = [] }
      deaf   = { detail_types = ["Quote"], sources = [] }
      greedy = {
        batch_size           = 100
        batch_window_s       = 0
        detail_types         = ["Trade"]
        maximum_concurrency  = 1
        memory_mb            = 64
        pattern              = { symbol = [] }
        pollers              = { maximum = 1, minimum = 1 }
        reserved_concurrency = 0
        stable               = { share = 2, version = "live" }
      }
    }
  }

  expect_failures = [var.routes]
}

run "refuses_routes_that_take_the_same_events" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    routes = {
      kraken = { detail_types = ["Quote", "Trade"], sources = ["marketdata.kraken"] }
      trade  = { detail_types = ["Trade"] }
    }
  }

  expect_failures = [var.routes]
}

run "refuses_a_route_narrowed_by_a_nested_field" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    routes = { trade = { detail_types = ["Trade"], pattern = { "order.side" = ["buy"] } } }
  }

  expect_failures = [var.routes]
}

run "refuses_more_routes_than_one_stack_takes" {
  command = plan

  module {
    source = "./modules/market_data_system"
  }

  variables {
    routes = { for index in range(50) : "route-${index}" => { detail_types = ["T${index}"] } }
  }

  expect_failures = [var.routes]
}
