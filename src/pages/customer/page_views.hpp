#pragma once
// The making of the pages' views. Each has its own file: create_view.cpp, home_view.cpp, list_view.cpp,
// request_view.cpp.

#include "pages/customer/list_query.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/status_form.hpp"
#include "web/context.hpp"

namespace pages::customer {

/// The form for a new service request. A status other than Ok shows it again, with the submission key that was sent.
CreateView create_view(web::Context& ctx, TypedRequest typed, http::Status status = http::Status::Ok);
/// The home of a signed-in customer.
HomeView home_view(web::Context& ctx);
/// The page of the visitor's own service requests that the query asks for.
ListView list_view(web::Context& ctx, const ListQuery& query);
/// A service request with its forms empty.
ShowView request_view(web::Context& ctx, const service_requests::ServiceRequest& request);
/// The same with what was typed for reopening it, and with the reasons why it was not reopened.
ShowView refused_view(
    web::Context& ctx, const service_requests::ServiceRequest& request, const shared::StatusInput& input);

/// How a customer's comment is written, with the box for reopening beside it.
shared::CommentForm comment_form_of(ServiceRequestId id);

} // namespace pages::customer
