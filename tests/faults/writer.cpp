#include "faults/writer.hpp"

#include "base/crypto.hpp"
#include "base/text.hpp"
#include "faults/content.hpp"
#include "faults/product.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <stdexcept>
#include <thread>

namespace faults {

namespace {

constexpr std::size_t newest = 12;
constexpr std::size_t most_looked_at = 4;
constexpr auto after_loss = std::chrono::milliseconds(100);
/// The beginning of packaging/haproxy/gas-utility-503.http.
constexpr std::string_view proxys_title = "<title>We will be back in a moment</title>";

std::string hash_of(std::string_view bytes)
{
    return base::hex(base::sha256(bytes));
}

std::int64_t id_in_location(const std::string& location)
{
    const auto comment = location.find("#c");
    const std::string digits =
        comment == std::string::npos ? between(location, "/service/", "/") : location.substr(comment + 2);
    return base::parse_integer(digits).value_or(0);
}

std::string hidden(const std::string& html, std::string_view name)
{
    return between(html, fmt::format("name=\"{}\" value=\"", name), "\"");
}

std::string address(const Person& person, std::int64_t service_request)
{
    return fmt::format("{}/{}/", person.side == Side::Staff ? "/admin/requests" : "/service", service_request);
}

} // namespace

void Desk::complain(std::string text)
{
    if (judge_ == Judge::AuditAlone)
        return;
    stopping = true;
    const std::lock_guard lock(mutex_);
    complaints_.push_back(std::move(text));
}

std::vector<std::string> Desk::complaints()
{
    const std::lock_guard lock(mutex_);
    return complaints_;
}

void Desk::add_request(std::int64_t id)
{
    const std::lock_guard lock(mutex_);
    requests_.push_back(id);
}

std::optional<std::int64_t> Desk::some_request(std::size_t share, std::size_t shares, std::mt19937_64& random)
{
    const std::lock_guard lock(mutex_);
    std::vector<std::int64_t> choice;
    for (auto id = requests_.rbegin(); id != requests_.rend() && choice.size() < newest; ++id) {
        if (static_cast<std::size_t>(*id) % shares == share)
            choice.push_back(*id);
    }
    if (choice.empty())
        return std::nullopt;
    return choice[random() % choice.size()];
}

void Desk::answered()
{
    if (is_armed.exchange(false))
        at_next_answer();
}

void Desk::note_acknowledged()
{
    ++acknowledged;
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    longest_silence_ = std::max(longest_silence_, now - last_acknowledged_);
    last_acknowledged_ = now;
}

void Desk::begin_silence()
{
    const std::lock_guard lock(mutex_);
    longest_silence_ = {};
    last_acknowledged_ = Clock::now();
}

std::chrono::milliseconds Desk::longest_silence() const
{
    const std::lock_guard lock(mutex_);
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::max(longest_silence_, Clock::now() - last_acknowledged_));
}

Writer::Writer(Desk& desk, Person person, int number, std::uint64_t seed)
    : desk_(desk), person_(std::move(person)), number_(number), random_(seed)
{}

std::size_t Writer::dice(std::size_t sides)
{
    return random_() % sides;
}

void Writer::sign_in()
{
    const Answer form = client_.get("/accounts/login/");
    const Answer answer =
        client_.post("/accounts/login/", {.fields = {{"csrf", hidden(form.body, "csrf")}, {"next", "/"},
                                              {"username", person_.username}, {"password", town_password}},
                                             .files = {},
                                             .encoding = Encoding::Plain});
    if (answer.status != 303)
        throw std::runtime_error(fmt::format("{} cannot sign in: {}", person_.username, answer.status));
}

void Writer::work()
{
    while (!desk_.stopping) {
        try {
            step();
        } catch (const ConnectionLost& error) {
            note_loss(error);
            if (desk_.loss == Desk::Loss::Ends)
                return;
            std::this_thread::sleep_for(after_loss);
        }
    }
}

void Writer::note_loss(const ConnectionLost& error)
{
    if (error.sent == Sent::Nothing)
        return;
    // A single server is usually killed, as planned; what has no answer stays open for its next life.
    const bool was_promised = client_.sent_at() < desk_.asked_to_end.load();
    const bool is_sent_again = desk_.loss == Desk::Loss::SentAgain;
    if (is_sent_again && error.sent == Sent::OnUsedConnection)
        ++desk_.sent_again;
    else if (was_promised || is_sent_again || desk_.loss == Desk::Loss::Forbidden)
        desk_.complain(fmt::format("{} was not answered: {}", person_.username, error.what()));
}

int Writer::step()
{
    if (!open_)
        begin();
    return open_ ? carry_out() : 0;
}

void Writer::finish()
{
    while (open_ && desk_.complaints().empty())
        carry_out();
}

std::optional<std::string> Writer::page(const std::string& path)
{
    Answer answer = client_.get(path);
    if (answer.status == 200)
        return std::move(answer.body);
    if (answer.status == 503)
        note_refusal(answer);
    else
        desk_.complain(fmt::format("{} got {} for {}", person_.username, answer.status, path));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
    return std::nullopt;
}

Wish Writer::new_wish(std::string kind, std::int64_t service_request)
{
    return {.token = fmt::format("w{}n{}x", number_, ++wishes_),
        .kind = std::move(kind),
        .username = person_.username,
        .service_request = service_request,
        .text_hash = {},
        .file_hashes = {}};
}

void Writer::begin()
{
    person_.side == Side::Staff ? begin_as_staff() : begin_as_customer();
}

void Writer::add_text(Action& action, const std::string& field)
{
    std::string text = random_text(action.wish.token, random_);
    action.wish.text_hash = hash_of(text);
    action.form.fields.emplace_back(field, std::move(text));
}

void Writer::add_files(Form& form, Wish& wish, std::size_t count, std::size_t bytes)
{
    for (std::size_t i = 0; i < count; ++i) {
        FormFile file = random_file(fmt::format("{}-{}", wish.token, i), bytes / 2 + dice(bytes), random_);
        wish.file_hashes.push_back(hash_of(file.bytes));
        form.files.push_back(std::move(file));
    }
}

Form Writer::new_request_form(Wish& wish, std::size_t files, std::size_t file_bytes)
{
    const auto html = page("/service/create/");
    if (!html)
        throw ConnectionLost("no form", Sent::Nothing);
    Action action{.wish = wish, .path = {}, .form = {}};
    action.form.fields = {{"csrf", hidden(*html, "csrf")}, {"submission", hidden(*html, "submission")},
        {"request_type", "maintenance"}, {"phone", ""}};
    add_text(action, "description");
    add_files(action.form, action.wish, files, file_bytes);
    wish = action.wish;
    return action.form;
}

void Writer::begin_as_customer()
{
    if (own_.empty() || dice(3) > 0) {
        Action action{.wish = new_wish("create", 0), .path = "/service/create/", .form = {}};
        action.form = new_request_form(action.wish, 2, dice(8) == 0 ? 200'000 : 4'000);
        open_ = std::move(action);
        return;
    }
    const std::int64_t id = own_[own_.size() - 1 - dice(std::min(own_.size(), newest))];
    const auto html = page(address(person_, id));
    if (!html)
        return;
    Action action{.wish = new_wish("comment", id), .path = fmt::format("/service/{}/comments/", id), .form = {}};
    action.form.fields = {{"csrf", hidden(*html, "csrf")}, {"submission", hidden(*html, "submission")}};
    add_text(action, "text");
    add_files(action.form, action.wish, dice(2), 3'000);
    open_ = std::move(action);
}

void Writer::begin_as_staff()
{
    const auto id = desk_.some_request(person_.share, person_.shares, random_);
    if (!id) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        return;
    }
    const auto html = page(address(person_, *id));
    if (!html)
        return;
    Action action;
    if (!desk_.changes_status() || dice(2) == 0) {
        const bool is_note = dice(3) == 0;
        action.wish = new_wish(is_note ? "note" : "comment", *id);
        action.path = address(person_, *id) + "comments/";
        action.form.fields = {{"csrf", hidden(*html, "csrf")}, {"submission", hidden(*html, "submission")},
            {"visibility", is_note ? "internal" : "public"}};
        add_text(action, "text");
        if (attaches_)
            add_files(action.form, action.wish, dice(2), 3'000);
    } else {
        const std::string wanted = between(*html, "name=\"status\" value=\"", "\"");
        action.wish = new_wish(wanted, *id);
        action.path = address(person_, *id) + "status/";
        action.form.encoding = Encoding::Plain;
        action.form.fields = {{"csrf", hidden(*html, "csrf")}, {"submission", hidden(*html, "submission")},
            {"version", hidden(*html, "version")}, {"send_and", wanted}, {"visibility", "public"}};
        add_text(action, "text");
    }
    open_ = std::move(action);
}

int Writer::carry_out()
{
    const std::string token = open_->wish.token;
    desk_.ledger().sent(open_->wish);
    try {
        const Answer answer = client_.post(open_->path, open_->form);
        desk_.answered();
        settle(answer);
        return answer.status;
    } catch (const ConnectionLost& error) {
        desk_.ledger().unknown(token, error.what());
        throw;
    }
}

void Writer::settle(const Answer& answer)
{
    const Wish& wish = open_->wish;
    if (answer.status == 303 && answer.header("location").find("?wanted=") != std::string::npos) {
        // The customer's comment was faster. What was typed waits on the page.
        desk_.ledger().rejected(wish.token, answer.status);
        open_.reset();
    } else if (answer.status == 303) {
        const std::int64_t id = id_in_location(answer.header("location"));
        desk_.ledger().acknowledged(wish.token, id);
        desk_.note_acknowledged();
        const std::int64_t service_request = wish.kind == "create" ? id : wish.service_request;
        if (wish.kind == "create") {
            own_.push_back(id);
            desk_.add_request(id);
        }
        recent_.push_back({wish, service_request});
        open_.reset();
    } else if (answer.status == 503) {
        desk_.ledger().unknown(wish.token, "503");
        be_refused(answer);
    } else {
        desk_.ledger().rejected(wish.token, answer.status);
        desk_.complain(fmt::format("{} ({}) was refused with {}", wish.token, wish.kind, answer.status));
        open_.reset();
    }
}

// Refused for the moment: when to try again is said, and the typed text is not lost.
void Writer::be_refused(const Answer& answer)
{
    note_refusal(answer);
    const bool is_proxys = answer.body.find(proxys_title) != std::string::npos;
    if (!is_proxys && answer.body.find(open_->wish.token + " ") == std::string::npos)
        desk_.complain(fmt::format("{} ({}) got 503 without its text", open_->wish.token, open_->wish.kind));
    std::this_thread::sleep_for(std::chrono::milliseconds(30));
}

void Writer::note_refusal(const Answer& answer)
{
    ++desk_.refused;
    if (answer.body.find(proxys_title) != std::string::npos)
        ++desk_.refused_by_proxy;
    if (answer.header("retry-after").empty())
        desk_.complain(fmt::format("{} got 503 without Retry-After", person_.username));
}

void Writer::look_again()
{
    const std::size_t count = std::min(recent_.size(), most_looked_at);
    for (auto done = recent_.end() - static_cast<std::ptrdiff_t>(count); done != recent_.end(); ++done)
        look_at(*done);
    if (person_.side == Side::Staff && count > 0)
        look_for(recent_.back());
    recent_.clear();
}

void Writer::look_at(const Done& done)
{
    const auto html = page(address(person_, done.service_request));
    if (!html)
        return;
    if (html->find(done.wish.token + " ") == std::string::npos)
        desk_.complain(fmt::format("{} is not on the page of {}", done.wish.token, done.service_request));
    std::set<std::string> missing(done.wish.file_hashes.begin(), done.wish.file_hashes.end());
    const std::string mark = fmt::format("href=\"/service/{}/attachments/", done.service_request);
    for (std::size_t at = html->find(mark); at != std::string::npos && !missing.empty();
         at = html->find(mark, at + 1)) {
        const auto file = page(between(*html, "href=\"", "\"", at));
        missing.erase(hash_of(file.value_or("")));
    }
    if (!missing.empty())
        desk_.complain(fmt::format("{} of {} cannot be downloaded whole", missing.size(), done.wish.token));
}

void Writer::look_for(const Done& done)
{
    // The words of a service request are its own; the token of its description leads to it.
    const auto html = page(address(person_, done.service_request));
    const std::string token = html ? described_token(*html) : std::string();
    const auto found = page("/admin/requests/?q=" + token);
    if (token.empty() || !found || found->find(fmt::format("SR-{:05}", done.service_request)) == std::string::npos)
        desk_.complain(fmt::format("searching for \"{}\" does not find {}", token, done.service_request));
}

std::vector<Person> eight_people()
{
    std::vector<Person> people;
    for (int i = 1; i <= 5; ++i)
        people.push_back({.username = fmt::format("customer{:04}", i)});
    for (const char* name : {"ravi", "sofia", "ada"})
        people.push_back({.username = name, .side = Side::Staff, .share = people.size() - 5, .shares = 3});
    return people;
}

} // namespace faults
