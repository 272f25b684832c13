use gen_client::model::{
    AgentCorePatch, AgentPatch, AgentProfile, AutomationPatch, Monitoring, NewAgent, VoiceBrief, VoiceName,
};
use gen_client::{ApiKeyId, AvatarId, GenerationId, OrganizationId, VoiceId, VoiceSampleId};
use serde::{Deserialize, Serialize};

/// An action that people want to see as a command, before or after they do it. Files and secrets are left out: the
/// command has places for them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", content = "of", rename_all = "snake_case")]
pub enum Sketch {
    /// Make an agent.
    CreateAgent(NewAgent),
    /// Change an agent's name, description or time zone.
    UpdateAgent(AgentPatch),
    /// Delete an agent.
    DeleteAgent,
    /// Add a picture to an agent.
    AddAvatar,
    /// Let a picture stand for an agent.
    SetPrimaryAvatar(AvatarId),
    /// Delete pictures of an agent.
    DeleteAvatars(Vec<AvatarId>),
    /// Change an agent's core.
    PatchCore(Box<AgentCorePatch>),
    /// List an agent's voices, of one source or all.
    ListVoices(Option<String>),
    /// Delete a voice.
    DeleteVoice(VoiceId),
    /// Test a key of ElevenLabs.
    TestElevenLabs,
    /// Give GEN a key of ElevenLabs.
    ConnectElevenLabs,
    /// Let GEN forget the key of ElevenLabs.
    DisconnectElevenLabs,
    /// Have a script written for a voice, in a language.
    WriteVoiceScript(Option<String>),
    /// Have a voice described.
    DescribeVoice(VoiceBrief),
    /// Have three proposals made for a voice: text and wish.
    VoiceSamples(String, Option<String>),
    /// Keep a proposal as a voice.
    DesignVoice(VoiceSampleId, VoiceName),
    /// Clone a voice from an address, or from a file where there is none.
    CloneVoice(Option<String>, VoiceName),
    /// Have a voice read a text.
    PreviewVoice(VoiceId, String),
    /// Look at what others post.
    StartWatch(Monitoring),
    /// Change what is looked at.
    UpdateWatch(GenerationId, Monitoring),
    /// Make an organization.
    CreateOrganization(String),
    /// Rename an organization.
    RenameOrganization(OrganizationId, String),
    /// Delete an organization.
    DeleteOrganization(OrganizationId),
    /// Make a key at GEN: name and seconds it lives.
    CreateGenKey(String, Option<u64>),
    /// Rename a key at GEN.
    RenameGenKey(ApiKeyId, String),
    /// Revoke a key at GEN.
    RevokeGenKey(ApiKeyId),
    /// Revoke every key of the account.
    RevokeAllGenKeys,
    /// Change whom GEN tells.
    UpdateAutomation(AutomationPatch),
    /// Have GEN call the webhook.
    TestWebhook,
    /// Have GEN call the callback.
    TestCallback,
    /// Set up the profile, or replace sections of it.
    SaveProfile(AgentProfile, bool),
    /// Empty the profile.
    ResetProfile,
}
