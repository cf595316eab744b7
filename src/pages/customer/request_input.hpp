#pragma once

#include "leaks/leak_report.hpp"
#include "pages/customer/views.hpp"
#include "service_requests/service_request.hpp"
#include "storage/store.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/upload.hpp"

#include <vector>

namespace pages::customer {

/// A new service request as its form asks for it; use `request` and `files` only when `typed` has no errors.
struct RequestInput
{
    TypedRequest typed;
    service_requests::NewServiceRequest request;
    bool is_emergency = false;
    web::FileCheck files;
};

/// Take the fields of a form or a kept draft as they were typed.
TypedRequest typed_request(const web::Fields& fields);
/// Read and check the form. Throws base::BadRequest for a body that could not be read.
RequestInput read_request(web::Context& ctx, const storage::Store& store);

/// The visitor's own accounts, to choose the place from.
std::vector<AddressChoice> list_address_choices(web::Context& ctx);
/// Choose the only account, or "somewhere else" without one, when nothing is chosen yet. Of several none is chosen for
/// the visitor, and none while we ask which of two addresses it is: a leak would be looked for at the wrong one.
void choose_only_account(TypedRequest& typed, const std::vector<AddressChoice>& accounts);

} // namespace pages::customer
