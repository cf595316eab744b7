#pragma once

#include "pages/shared/source.hpp"
#include "pages/shared/views.hpp"
#include "service_requests/service_request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pages::shared {

/// templates/shared/leak_received.html: the answer to a leak report, with everything the reporter told us.
struct LeakReceived
{
    std::string reference;
    /// As people say it: "SR 42".
    std::string spoken_reference;
    bool is_open = false;
    /// The reporter called, and staff wrote it down.
    bool is_by_phone = false;
    /// It was resolved before and is open again.
    bool is_again = false;
    Moment reported;
    /// Since when somebody of the staff has had it, while it is open.
    std::optional<Moment> taken;
    /// Of the report that they sent for another address, or without one, a short while before, while this one is open.
    struct Earlier
    {
        std::string reference;
        std::string when;
        /// Both have an address, and they differ.
        bool is_elsewhere = false;
    };
    std::optional<Earlier> earlier;
    std::string address;
    leaks::LeakReport answers;
    /// The answers in words.
    base::Text unable_to_leave;
    base::Text strength;
    base::Text place;
    std::string phone;
    /// What was typed is no number that can be dialled. The report is taken all the same, so its receipt says it.
    bool phone_is_wrong = false;
    std::string name;
    std::int64_t files = 0;
    std::vector<std::string> paragraphs;

    /// Nobody can be sent there yet.
    bool has_no_address() const { return is_open && address.empty(); }
    /// Somebody cannot get out, as far as we know.
    bool must_call_911() const { return is_open && answers.unable_to_leave == "yes"; }
    /// Whoever reported it was not sure whether everybody is out, or did not say.
    bool may_call_911() const
    {
        return is_open && (answers.unable_to_leave == "unknown" || answers.unable_to_leave == leaks::unanswered);
    }
};

/// The answer to this leak report; of an emergency without the questions, none is answered.
LeakReceived leak_received(const Source& source, const service_requests::ServiceRequest& request);

} // namespace pages::shared
