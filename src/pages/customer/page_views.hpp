#pragma once
// The making of the pages' views. Each has its own file: create_view.cpp, home_view.cpp, list_view.cpp,
// request_view.cpp, unsent_view.cpp.

#include "pages/customer/list_query.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/comment_form.hpp"
#include "web/context.hpp"

namespace pages::customer {

/// The form for a new service request. A status other than Ok shows it again, with the submission key that was sent.
CreateView create_view(web::Context& ctx, TypedRequest typed, http::Status status = http::Status::Ok);
/// The home of a signed-in customer.
HomeView home_view(web::Context& ctx);
/// What the visitor typed and did not send, leaks first.
std::vector<UnsentText> unsent_texts(web::Context& ctx);
/// The page of the visitor's own service requests that the query asks for.
ListView list_view(web::Context& ctx, const ListQuery& query);
/// A service request with its form empty.
ShowView request_view(web::Context& ctx, const service_requests::ServiceRequest& request);

} // namespace pages::customer
