#pragma once

#include "service_requests/service_request.hpp"

namespace service_requests {

/// What the search knows of a new service request beside its own columns; comes back from its INSERT, because asking
/// for it costs another journey to the server. Empty where there is none.
struct Added
{
    ServiceRequestId id;
    /// User name, full name and e-mail.
    std::string person;
    std::string account_number;
    std::string account_address;
    std::string type_name;
    bool is_emergency = false;
};

/// Stores the search words of a service request that was just added; what is searched is asked for, or known.
void add_search_words(db::Transaction& tx, ServiceRequestId id);
void add_search_words(db::Transaction& tx, const Added& added, const NewServiceRequest& request);

} // namespace service_requests
