//! F24: no redirect is followed, by no verb.

use gen_client::operation::{ALL, Repeat};
use wiremock::ResponseTemplate;

use crate::every_call::every_call;
use crate::setup::{arrived, client, server, status, upstream};

#[tokio::test]
async fn f24_a_redirect_is_an_error_and_nobody_hears_of_it() {
    for code in [301, 302, 303, 307, 308] {
        let elsewhere = server(ResponseTemplate::new(200).set_body_string("{\"id\":1}")).await;
        let answer =
            ResponseTemplate::new(code).insert_header("location", format!("{}/v1/me", elsewhere.uri()));
        let server = server(answer).await;
        let client = client(&server.uri());
        let calls = every_call(&client);
        let count = calls.len();
        for (name, call) in calls {
            let error = call.await.unwrap_err();
            assert_eq!(status(&error), Some(code), "{name}");
            assert!(
                error.to_string().contains("unexpected redirect") && error.may_have_been_sent(),
                "{name}: {error}"
            );
        }
        // What was perhaps done is looked for, which is answered alike.
        let looked = ALL.iter().filter(|operation| operation.repeat == Repeat::Reread).count();
        assert_eq!(arrived(&server).await, count + looked, "{code}: each call is sent once");
        let error = upstream(&server.uri())
            .media(&format!("{}/media/a.png", server.uri()), None)
            .await
            .err()
            .unwrap();
        assert_eq!(status(&error), Some(code), "media");
        assert_eq!(arrived(&elsewhere).await, 0, "{code}");
    }
}
