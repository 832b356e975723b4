# Pure: no provider, no resource. Two routes never share a (source, detail type) pair, which variable validation of the
# root module makes sure of, so every event is taken by exactly one of the routes and the catch-all.
locals {
  patterns = {
    for name, route in var.routes : name => {
      for key, value in {
        detail        = route.pattern
        "detail-type" = sort(route.detail_types)
        source        = sort(route.sources)
      } : key => value if length(value) > 0
    }
  }

  detail_types = sort(distinct(flatten([for route in var.routes : route.detail_types])))

  sources_of = {
    for type in local.detail_types : type => sort(distinct(flatten([
      for route in var.routes : route.sources if contains(route.detail_types, type)
    ])))
  }

  # Detail types whose sources are the same share one branch: a pattern may hold 2,048 characters.
  types_by_sources = { for type, sources in local.sources_of : jsonencode(sources) => type... }

  # De Morgan over the routes: an unknown type, a known type from a source no route takes it from, or a pair that a
  # route takes but narrows, with a narrowed field that is absent or holds another value.
  catch_all = {
    "$or" = concat(
      [{ "detail-type" = [{ "anything-but" = local.detail_types }] }],
      [
        for sources, types in local.types_by_sources : {
          "detail-type" = types
          source        = [{ "anything-but" = jsondecode(sources) }]
        }
      ],
      flatten([
        for name in sort(keys(var.routes)) : [
          for field, values in var.routes[name].pattern : {
            detail        = { (field) = [{ "anything-but" = values }, { exists = false }] }
            "detail-type" = sort(var.routes[name].detail_types)
            source        = sort(var.routes[name].sources)
          }
        ]
      ]),
    )
  }
}
