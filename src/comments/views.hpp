#pragma once

#include "service_requests/views.hpp"

namespace comments {

/// templates/comments/refused.html: a comment that could not be sent, with its text, for sending it again.
struct RefusedView
{
    web::Page page;
    std::string reference;
    std::string title;
    bool is_unavailable = false;
    service_requests::CommentForm form;
};

} // namespace comments
