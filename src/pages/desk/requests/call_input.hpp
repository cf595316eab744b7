#pragma once

#include "pages/desk/requests/call_view.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"

namespace pages::desk {

/// What a caller asks for, as staff typed it; use `request` only when `typed` has no errors.
struct CallInput
{
    TypedCall typed;
    service_requests::NewServiceRequest request;
    bool is_emergency = false;
    /// The address of a customer chosen before, taken out because another is named now.
    std::string dropped_address = {};
};

/// Take the fields of a form or a kept draft as they were typed.
TypedCall typed_call(const web::Fields& fields);
/// Read and check the form. A leak needs its address and nothing else: an unknown customer goes into its description.
CallInput read_call(web::Context& ctx);

} // namespace pages::desk
