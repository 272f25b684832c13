use super::words;

words! {
    /// How thoroughly GEN looks into a topic: about 30 seconds, 2 minutes, 5 minutes.
    ResearchDepth { Quick = "quick", Default = "default", Deep = "deep" }
}
