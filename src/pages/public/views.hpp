#pragma once
// Data for the templates of public/, prepared by the handlers.

#include "pages/shared/conversation.hpp"
#include "pages/shared/emergencies/leak_again.hpp"
#include "pages/shared/emergencies/leak_received.hpp"
#include "pages/shared/views.hpp"
#include "web/forms/form.hpp"
#include "web/forms/upload.hpp"
#include "web/page.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pages::public_ {

/// The fields of a leak report's form, as they were typed.
struct TypedLeak
{
    std::string name;
    std::string phone;
    std::string address;
    std::string notes;
    shared::LeakQuestions leak;
    /// Photos that were chosen for it in a form whose session has ended. They are not sent.
    std::vector<web::RefusedFile> lost = {};
    web::FormErrors errors;
};

/// templates/public/emergency.html
struct EmergencyView
{
    web::Page page;
    TypedLeak form;
    /// Name, address and phone come from the visitor's account.
    bool is_from_account = false;
    shared::RefusedLeak refusal;
    /// Where the form goes, in the language that the address chose.
    std::string action;
    std::string submission;
    /// "Your photos were not sent: IMG_1.jpg"; empty when there are none.
    base::Text lost_files = {};
    /// The hidden field "csrf": the seal of a signed-in visitor. Empty for a guest, who may sign in meanwhile.
    std::string drawn_for;
};

/// templates/public/follow.html
struct FollowView
{
    web::Page page;
    shared::LeakReceived leak;
    /// The same report was sent a second time.
    std::optional<shared::LeakAgain> again = {};
    /// Path of this page, for the visitor to keep.
    std::string link;
    /// The service request in the visitor's own list; zero when it is not there.
    ServiceRequestId own;
    /// "Your photos were not sent: IMG_1.jpg", while it is open; empty when there were none.
    base::Text lost_files = {};
    /// Our newest message, for the top of the page.
    std::optional<timeline::Item> answer = {};
    shared::StateView state;
    shared::ConversationView conversation;
};

/// templates/public/link_over.html
struct LinkOverView
{
    web::Page page;
    /// Withdrawn by the staff; otherwise it ended by itself.
    bool is_withdrawn = false;
    /// The service request in the visitor's own list; zero when it is not there.
    ServiceRequestId own;
};

/// templates/public/sign_in.html
struct SignInView
{
    web::Page page;
    web::FormErrors errors;
    std::string username;
    bool is_public_computer = false;
    /// Where to continue after signing in: a path of ours.
    std::string next;
    /// That is the link which confirms a new email.
    bool confirms_email = false;
    /// The session ended while somebody filled in a form.
    bool has_ended = false;
    /// The text is kept for `typist`, and only shown to that user.
    bool is_kept = false;
    bool files_are_lost = false;
    /// What was not sent is a comment on an open leak: whom to call comes first.
    shared::RefusedLeak leak = {};
    /// Whose form brought the visitor here; zero for none. Somebody else goes to their own front page, not to `next`.
    UserId typist;
    /// The leak that "I have it" did not take, because the session had ended; empty for another form.
    std::string not_taken = {};
    /// Links for those who can't sign in: to a new password, and to a sign-in of their own.
    bool has_mail = false;
    bool takes_registrations = false;
    /// Where the staff sign in instead, and what the button says; empty when there is no provider.
    std::string provider_url = {};
    base::Text provider_label = {};
};

/// templates/public/code.html
struct CodeView
{
    web::Page page;
    web::FormErrors errors;
    /// As in SignInView.
    std::string next;
    UserId typist;
};

} // namespace pages::public_
