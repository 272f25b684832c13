//! Every operation of GEN, by its id: what the report counts against.

use std::collections::BTreeMap;

use axum::http::Method;

/// Id, phase, method and path.
pub type Operation = (&'static str, &'static str, &'static str, &'static str);

/// The id of the operation with this method and path pattern.
pub fn id(method: &Method, pattern: &str) -> Option<&'static str> {
    let shape = without_ids(pattern);
    let same = |(_, _, known, path): &&Operation| *known == method.as_str() && without_ids(path) == shape;
    ALL.iter().find(same).map(|(id, ..)| *id)
}

/// The ids of the operations that these calls (method and path pattern) reached.
pub fn reached(calls: &BTreeMap<String, u64>) -> Vec<&'static str> {
    let shapes: Vec<String> = calls.keys().map(|call| without_ids(call)).collect();
    let called =
        |(_, _, method, path): &&Operation| shapes.contains(&without_ids(&format!("{method} {path}")));
    ALL.iter().filter(called).map(|(id, ..)| *id).collect()
}

/// The ids that are not among them, by phase.
pub fn missed(reached: &[&str]) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut missed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (id, phase, ..) in ALL.iter().filter(|(id, ..)| !reached.contains(id)) {
        missed.entry(phase).or_default().push(id);
    }
    missed
}

/// A path or a path pattern with every parameter and number written as `{}`, under GEN's own name for vidsheets.
pub fn without_ids(path: &str) -> String {
    let one = |part: &str| {
        let number = !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if number || part.starts_with('{') { "{}".to_owned() } else { part.to_owned() }
    };
    let parts: Vec<String> = path.trim_end_matches('/').split('/').map(one).collect();
    parts.join("/").replace("/v1/vidsheet", "/v1/autocontentengine")
}

/// In the order of the documentation; the last four are in OpenAPI only.
pub const ALL: &[Operation] = &[
    ("getMe", "setup", "GET", "/v1/me"),
    ("listWorkspaces", "setup", "GET", "/v1/workspaces"),
    ("listAgents", "setup", "GET", "/v1/agents"),
    ("createAgent", "setup", "POST", "/v1/agents"),
    ("getAgent", "setup", "GET", "/v1/agents/{id}"),
    ("updateAgent", "setup", "PATCH", "/v1/agents/{id}"),
    ("deleteAgent", "setup", "DELETE", "/v1/agents/{id}"),
    ("listAgentAvatars", "setup", "GET", "/v1/agents/{agent_id}/avatars"),
    ("createAgentAvatar", "setup", "POST", "/v1/agents/{agent_id}/avatars"),
    ("setPrimaryAvatar", "setup", "PATCH", "/v1/agents/{agent_id}/avatars/{id}"),
    ("deleteAgentAvatar", "setup", "DELETE", "/v1/agents/{agent_id}/avatars/{id}"),
    ("getAgentCore", "setup", "GET", "/v1/agents/{agent_id}/core"),
    ("patchAgentCore", "setup", "PATCH", "/v1/agents/{agent_id}/core"),
    ("listAgentVoices", "setup", "GET", "/v1/agents/{agent_id}/voice/library"),
    ("getElevenLabsIntegrationStatus", "setup", "GET", "/v1/agents/{agent_id}/voice/integrations/elevenlabs"),
    ("connectElevenLabs", "setup", "POST", "/v1/agents/{agent_id}/voice/integrations/elevenlabs"),
    ("testElevenLabsKey", "setup", "POST", "/v1/agents/{agent_id}/voice/integrations/elevenlabs/test"),
    ("disconnectElevenLabs", "setup", "DELETE", "/v1/agents/{agent_id}/voice/integrations/elevenlabs"),
    ("generateVoiceScript", "setup", "POST", "/v1/agents/{agent_id}/voice/design/generate-script"),
    ("generateVoiceDescription", "setup", "POST", "/v1/agents/{agent_id}/voice/design/generate-description"),
    ("generateVoiceSamples", "setup", "POST", "/v1/agents/{agent_id}/voice/design/generate-samples"),
    ("finalizeDesignedVoice", "setup", "POST", "/v1/agents/{agent_id}/voice/design"),
    ("cloneVoice", "setup", "POST", "/v1/agents/{agent_id}/voice/clone"),
    ("deleteAgentVoice", "setup", "DELETE", "/v1/agents/{agent_id}/voice/{voice_id}"),
    ("previewVoice", "setup", "POST", "/v1/agents/{agent_id}/voice/{voice_id}/preview"),
    ("getVoicePreviewStatus", "setup", "GET", "/v1/agents/{agent_id}/voice/preview/{job_id}"),
    ("listOrganizations", "setup", "GET", "/v1/organizations"),
    ("createOrganization", "setup", "POST", "/v1/organizations"),
    ("getOrganization", "setup", "GET", "/v1/organizations/{organization_id}"),
    ("updateOrganization", "setup", "PATCH", "/v1/organizations/{organization_id}"),
    ("deleteOrganization", "setup", "DELETE", "/v1/organizations/{organization_id}"),
    ("createApiKey", "setup", "POST", "/v1/persisted_tokens"),
    ("listApiKeys", "setup", "GET", "/v1/persisted_tokens"),
    ("updateApiKey", "setup", "PATCH", "/v1/persisted_tokens/{id}"),
    ("revokeApiKey", "setup", "DELETE", "/v1/persisted_tokens/{id}/revoke"),
    ("revokeAllApiKeys", "setup", "DELETE", "/v1/persisted_tokens/revoke_all"),
    ("startAgentRun", "ideas", "POST", "/v1/agent/run"),
    ("getAgentRun", "ideas", "GET", "/v1/agent/runs/{run_id}"),
    ("approveAgentAction", "ideas", "POST", "/v1/agent/runs/{run_id}/approve"),
    ("listConversations", "ideas", "GET", "/v1/agent/conversations"),
    ("getConversation", "ideas", "GET", "/v1/agent/conversations/{id}"),
    ("listConversationMessages", "ideas", "GET", "/v1/agent/conversations/{id}/messages"),
    ("listConversationRuns", "ideas", "GET", "/v1/agent/conversations/{id}/runs"),
    ("updateConversation", "ideas", "PATCH", "/v1/agent/conversations/{id}"),
    ("deleteConversation", "ideas", "DELETE", "/v1/agent/conversations/{id}"),
    ("listIdeas", "ideas", "GET", "/v1/agent/ideas"),
    ("cycleIdeaStatus", "ideas", "POST", "/v1/agent/ideas/{id}/status"),
    ("setIdeaStatus", "ideas", "PUT", "/v1/agent/ideas/{id}/status/{status}"),
    ("runResearch", "ideas", "POST", "/v1/research"),
    ("createUserJob", "ideas|export", "POST", "/v1/user_jobs"),
    ("updateMonitoringJob", "ideas", "PUT", "/v1/user_jobs/{id}"),
    ("getUserJob", "ideas|export", "GET", "/v1/user_jobs/{id}"),
    ("listTemplates", "convert", "GET", "/v1/templates/projects"),
    ("getTemplate", "convert", "GET", "/v1/templates/projects/{slug}"),
    ("cloneTemplate", "convert", "POST", "/v1/templates/spreadsheets/{slug}/clone"),
    ("createSheet", "convert", "POST", "/v1/autocontentengine"),
    ("getSheet", "convert", "GET", "/v1/autocontentengine/{id}"),
    ("cloneSheet", "convert", "POST", "/v1/autocontentengine/{id}/clone"),
    ("listRows", "edit", "GET", "/v1/autocontentengine/{id}/rows"),
    ("createRow", "edit", "POST", "/v1/autocontentengine/{id}/rows"),
    ("getRow", "edit", "GET", "/v1/autocontentengine/{id}/rows/{row_id}"),
    ("duplicateRow", "edit", "POST", "/v1/autocontentengine/{id}/rows/{row_id}/duplicate"),
    ("updateRowPositions", "edit", "PUT", "/v1/autocontentengine/{id}/rows/update_positions"),
    ("massUpdateRows", "edit", "PUT", "/v1/autocontentengine/{id}/rows/mass_update"),
    ("listColumns", "edit", "GET", "/v1/autocontentengine/{id}/columns"),
    ("createColumn", "edit", "POST", "/v1/autocontentengine/{id}/columns"),
    ("duplicateColumn", "edit", "POST", "/v1/autocontentengine/{id}/columns/{col_id}/duplicate"),
    ("updateColumnPositions", "edit", "PATCH", "/v1/autocontentengine/{id}/columns/update_positions"),
    ("massUpdateColumns", "edit", "PUT", "/v1/autocontentengine/{id}/columns/mass_update"),
    ("getCell", "edit", "GET", "/v1/autocontentengine/{id}/cells/{cell_id}"),
    ("updateCell", "edit", "PATCH", "/v1/autocontentengine/{id}/cells/{cell_id}"),
    ("massUpdateCells", "edit", "PUT", "/v1/autocontentengine/{id}/cells/mass_update"),
    ("setDefaultUserJob", "edit", "PATCH", "/v1/autocontentengine/{id}/cells/{cell_id}/set_default_user_job"),
    ("createLayer", "edit", "POST", "/v1/autocontentengine/{id}/cells/{cell_id}/layers"),
    ("getLayer", "edit", "GET", "/v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}"),
    ("updateLayer", "edit", "PATCH", "/v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}"),
    ("deleteLayer", "edit", "DELETE", "/v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}"),
    (
        "duplicateLayer",
        "edit",
        "POST",
        "/v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}/duplicate",
    ),
    (
        "updateLayerPositions",
        "edit",
        "PUT",
        "/v1/autocontentengine/{id}/cells/{cell_id}/layers/update_positions",
    ),
    ("generateCellContent", "edit", "POST", "/v1/autocontentengine/{id}/cells/{cell_id}/generate"),
    (
        "generateLayerContent",
        "edit",
        "POST",
        "/v1/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}/generate",
    ),
    ("getGeneration", "edit", "GET", "/v1/generations/{id}"),
    ("stopGeneration", "edit", "POST", "/v1/generations/{id}/stop"),
    ("continueGeneration", "edit", "POST", "/v1/generations/{id}/continue"),
    ("getGlobalVariables", "edit", "GET", "/v1/autocontentengine/{id}/global_variables"),
    ("importGlobalVariables", "edit", "POST", "/v1/autocontentengine/{id}/import_global_variables"),
    ("downloadVariablesTemplate", "edit", "GET", "/v1/autocontentengine/global_variables_template"),
    ("listContentResources", "edit", "GET", "/v1/content_resources"),
    ("createContentResource", "edit", "POST", "/v1/content_resources"),
    ("getContentResource", "edit", "GET", "/v1/content_resources/{id}"),
    ("updateContentResource", "edit", "PATCH", "/v1/content_resources/{id}"),
    ("deleteContentResource", "edit", "DELETE", "/v1/content_resources/{id}"),
    ("listAssetLibraries", "edit", "GET", "/v1/asset_libraries"),
    ("createAssetFolder", "edit", "POST", "/v1/asset_folders"),
    ("updateAssetFolder", "edit", "PATCH", "/v1/asset_folders/{id}"),
    ("deleteAssetFolder", "edit", "DELETE", "/v1/asset_folders/{id}"),
    ("createDirectUpload", "edit", "POST", "/v1/direct_upload"),
    ("getAutomationConfig", "edit", "GET", "/v1/agents/{agent_id}/automation_config"),
    ("updateAutomationConfig", "edit", "PATCH", "/v1/agents/{agent_id}/automation_config"),
    ("testWebhook", "edit", "POST", "/v1/agents/{agent_id}/automation_config/test_webhook"),
    ("testCallback", "edit", "POST", "/v1/agents/{agent_id}/automation_config/test_callback"),
    ("renderVideo", "export", "POST", "/v1/autocontentengine/{id}/cells/{cell_id}/render"),
    ("getAgentProfile", "setup", "GET", "/v1/agent/profile"),
    ("createAgentProfile", "setup", "POST", "/v1/agent/profile"),
    ("updateAgentProfile", "setup", "PUT", "/v1/agent/profile"),
    ("deleteAgentProfile", "setup", "DELETE", "/v1/agent/profile"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_matched_whatever_their_parameters_are_called() {
        assert_eq!(ALL.len(), 106);
        let calls = ["GET /v1/vidsheet/{id}/rows/{row}", "POST /v1/autocontentengine/", "GET /v1/nothing"];
        let reached = reached(&calls.map(|call| (call.to_owned(), 1)).into());
        assert_eq!(reached, ["createSheet", "getRow"]);
        assert_eq!(missed(&reached).values().map(Vec::len).sum::<usize>(), 104);
        assert_eq!(without_ids("/v1/vidsheet/4100/cells/12"), "/v1/autocontentengine/{}/cells/{}");
    }
}
