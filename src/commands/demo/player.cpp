#include "commands/demo/player.hpp"

#include "actions/change_status.hpp"
#include "actions/read_notifications.hpp"
#include "actions/submit_request.hpp"
#include "actions/write_comment.hpp"
#include "commands/demo/enclosure.hpp"
#include "commands/demo/vocabulary.hpp"
#include "leaks/leak_report.hpp"
#include "request_types/request_type.hpp"
#include "search/search.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"

#include <map>
#include <span>
#include <stdexcept>

namespace commands::demo {

namespace {

using service_requests::Status;

constexpr std::size_t steps_a_transaction = 10'000;
/// Notifications of older comments are removed: they would outnumber everything else.
constexpr auto comment_notifications = std::chrono::days(30);

using Files = std::span<const attachments::StoredFile>;

class Player
{
  public:
    Player(const Story& story, const Town& town, storage::Store& store)
        : story_(story),
          town_(town),
          vocabulary_(seed_text()),
          ids_(story.requests.size()),
          versions_(story.requests.size(), 1)
    {
        for (std::size_t i = 0; i < story.steps.size(); ++i)
            if (story.steps[i].enclosure != Enclosure::None)
                files_.emplace(i, make_enclosure(store, story.steps[i].enclosure, i));
        if (!story.steps.empty())
            end_ = story.steps.back().at;
    }

    void find_types(db::Connection& db)
    {
        for (const request_types::RequestType& type : request_types::list_request_types(db))
            types_.emplace(type.slug, type.id);
    }

    void forget_old_comments(db::Transaction& tx) const
    {
        actions::forget_old_comment_news(tx, base::act_of_program(end_), end_ - comment_notifications);
    }

    void carry_out(db::Transaction& tx, std::size_t index)
    {
        const Step& step = story_.steps[index];
        switch (step.deed) {
        case Deed::Submit:
            return submit(tx, index);
        case Deed::PublicComment:
            return comment(tx, step, base::Visibility::Public);
        case Deed::InternalNote:
            return comment(tx, step, base::Visibility::Internal);
        case Deed::Resolve:
            return change_status(tx, step, Status::Resolved);
        case Deed::Reopen:
            return change_status(tx, step, Status::Pending);
        }
    }

  private:
    const base::Visitor& visitor(std::uint32_t person) const
    {
        return person == guest ? nobody_ : town_.people.at(person).visitor;
    }

    std::string description(const Step& step) const
    {
        if (!step.text.empty())
            return std::string(step.text);
        Random random(step.seed);
        const std::string type(story_.requests[step.request].type);
        std::string text = vocabulary_.sentence(type, random);
        if (random.chance(55))
            text += " " + vocabulary_.sentence(type + " more", random);
        if (random.chance(35))
            text += " " + vocabulary_.sentence("details", random);
        return text;
    }

    std::string words(const Step& step) const
    {
        if (!step.text.empty())
            return std::string(step.text);
        Random random(step.seed);
        if (step.deed == Deed::InternalNote)
            return vocabulary_.sentence("internal notes", random);
        const std::string section = visitor(step.person).is_staff() ? "staff comments" : "customer comments";
        const std::string special = section + " " + std::string(story_.requests[step.request].type);
        return vocabulary_.sentence(vocabulary_.has(special) ? special : section, random);
    }

    void submit(db::Transaction& tx, std::size_t index)
    {
        const Step& step = story_.steps[index];
        service_requests::NewServiceRequest request{
            .type_id = types_.at(std::string(story_.requests[step.request].type)), .description = description(step)};
        if (step.person == guest) {
            request.address = "4 Market Square, Aldermere, NY 12999";
            request.contact_name = "Ida Moreau";
            request.contact_phone = "(518) 555-0177";
            request.channel = service_requests::Channel::Emergency;
        } else {
            const Person& customer = town_.people.at(step.person);
            request.user_id = customer.visitor.user_id;
            request.account_id = customer.account;
            request.address = customer.address;
            request.contact_name = customer.visitor.full_name;
            request.contact_phone = customer.phone;
        }
        const base::Act act{.visitor = visitor(step.person), .at = step.at};
        const auto file = files_.find(index);
        ids_[step.request] = actions::submit_request(tx, act,
            {.request = request,
                .leak = leak_report(step),
                .files = file == files_.end() ? Files() : Files(&file->second, 1)});
    }

    static leaks::LeakReport leak_report(const Step& step)
    {
        Random random(step.seed + 1);
        return {.place = std::string(random.pick(leaks::leak_places)),
            .strength = std::string(random.pick(leaks::leak_strengths)),
            .unable_to_leave = random.chance(90) ? "no" : "unknown"};
    }

    void comment(db::Transaction& tx, const Step& step, base::Visibility visibility)
    {
        const base::Act act{.visitor = visitor(step.person), .at = step.at};
        actions::write_comment(
            tx, act, {.service_request = ids_[step.request], .text = words(step), .visibility = visibility});
    }

    static std::optional<actions::EmergencyEnd> end_of(Status status)
    {
        if (status == Status::Pending)
            return std::nullopt;
        return actions::EmergencyEnd{.reason = "The crew found the leak, closed it and measured no gas."};
    }

    void change_status(db::Transaction& tx, const Step& step, Status status)
    {
        const base::Visitor& by = visitor(step.person);
        const ServiceRequestId id = ids_[step.request];
        std::int64_t& version = versions_[step.request];
        const base::Act act{.visitor = by, .at = step.at};
        if (actions::change_status(
                tx, act, {.service_request = id, .status = status, .version = version, .end = end_of(status)}) !=
            service_requests::StatusChange::Done)
            throw std::logic_error("the made-up story contradicts itself");
        ++version;
        // Whoever works at the desk has long looked at a leak that is over.
        if (status == Status::Resolved && story_.requests[step.request].type == "gas-leak")
            for (const std::size_t member : {Ravi, Sofia, Ada})
                actions::read_request(tx, base::act_of(town_.people.at(member).visitor.user_id, step.at), id, step.at);
    }

    const Story& story_;
    const Town& town_;
    const Vocabulary vocabulary_;
    const base::Visitor nobody_;
    std::vector<ServiceRequestId> ids_;
    std::vector<std::int64_t> versions_;
    std::map<std::size_t, attachments::StoredFile> files_;
    std::map<std::string, RequestTypeId> types_;
    base::Time end_{};
};

} // namespace

void play(const Story& story, const Town& town, const Stage& stage, const Progress& progress)
{
    Player player(story, town, stage.store);
    player.find_types(*stage.database.read());
    for (std::size_t done = 0; done < story.steps.size();) {
        const std::size_t end = std::min(done + steps_a_transaction, story.steps.size());
        stage.database.write([&](db::Transaction& tx) {
            for (std::size_t i = done; i < end; ++i)
                player.carry_out(tx, i);
            player.forget_old_comments(tx);
            while (search::has_words_to_index(tx))
                search::index_words(tx);
        });
        done = end;
        progress(done);
    }
    search::store_all_words_behind(stage.database);
    stage.database.write(search::compact_index);
}

} // namespace commands::demo
