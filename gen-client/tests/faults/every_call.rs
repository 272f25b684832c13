//! Each method of the client once, with ids that tell them apart.

use std::future::Future;
use std::pin::Pin;

use gen_client::model::{AgentCorePatch, CreationCard, IdeaStatus};
use gen_client::{Error, GenClient, Idempotency};

/// A method's name and its call, not begun yet.
pub type Called<'a> = (&'static str, Pin<Box<dyn Future<Output = Result<(), Error>> + 'a>>);

/// Every call the client can make.
pub fn every_call(client: &GenClient) -> Vec<Called<'_>> {
    let spend = || Idempotency("decision-1".into());
    macro_rules! calls {
        ($($name:ident($($argument:expr),*);)*) => {
            vec![$((
                stringify!($name),
                Box::pin(async move { client.$name($($argument),*).await.map(drop) })
                    as Pin<Box<dyn Future<Output = Result<(), Error>> + '_>>,
            )),*]
        };
    }
    macro_rules! id {
        ($text:literal) => {
            &$text.parse().unwrap()
        };
    }
    calls! {
        me();
        list_workspaces();
        list_organizations();
        open_organization(id!("10"));
        list_agents(Some(id!("10")));
        open_agent(id!("a1"));
        open_core(id!("a1"));
        patch_core(id!("a1"), &AgentCorePatch { goal: Some("growth".into()), ..Default::default() });
        list_avatars(id!("a1"), Some(id!("101")));
        list_voices(id!("a1"), Some("public"));
        start_run(id!("a1"), "Three ideas, please", Some(id!("conv_1")), Some(id!("100")), &spend());
        open_run(id!("run_1"));
        approve_run(id!("run_1"), true);
        list_conversations(id!("a1"));
        list_messages(id!("conv_1"));
        list_ideas(id!("a1"), Some(&IdeaStatus::Generated));
        set_idea_status(id!("123"), &IdeaStatus::Rejected);
        list_templates(2);
        open_template("tiktok-video");
        clone_template("tiktok-video", id!("a1"));
        create_vidsheet(id!("a1"), "Spring");
        open_vidsheet(id!("a1"), id!("100"));
        clone_vidsheet(id!("a1"), id!("100"), Some(id!("a2")));
        list_columns(id!("a1"), id!("100"));
        list_rows(id!("a1"), id!("100"));
        open_row(id!("a1"), id!("100"), id!("500"));
        create_row(id!("a1"), id!("100"), Some(3));
        duplicate_row(id!("a1"), id!("100"), id!("500"));
        open_cell(id!("a1"), id!("100"), id!("3000"));
        update_cell(id!("a1"), id!("100"), id!("3000"), "Hello");
        mass_update_cells(id!("a1"), id!("100"), &[("3000".parse().unwrap(), "Hello".into())]);
        set_default_generation(id!("a1"), id!("100"), id!("3000"), id!("9000"));
        generate(id!("a1"), id!("100"), id!("3000"), &card(), &spend());
        render(id!("a1"), id!("100"), id!("3000"), &spend());
        open_generation(id!("9000"));
        stop_generation(id!("9000"));
        continue_generation(id!("9000"), &spend());
        list_content_resources(id!("a1"), Some("video"), 0);
    }
}

fn card() -> CreationCard {
    CreationCard::Text {
        prompt: "Write a hook".into(),
        model: "gpt_4o_mini".into(),
        variables: Default::default(),
    }
}
