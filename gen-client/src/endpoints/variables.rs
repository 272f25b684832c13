use crate::call::Call;
use crate::decode;
use crate::file::Part;
use crate::model::Variable;
use crate::operation as op;
use crate::{AgentId, Error, File, GenClient, VidsheetId};

/// How every XLSX file begins: it is a zip archive.
const ZIP: &[u8] = b"PK";

impl GenClient {
    /// The variables of a vidsheet, none if it has none. GEN: getGlobalVariables.
    pub async fn list_variables(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
    ) -> Result<Vec<Variable>, Error> {
        let call = Call::to(&op::LIST_VARIABLES, &[vidsheet.as_str()]).agent(agent);
        let answer = self.send(call).await?.json;
        decode::variables(op::LIST_VARIABLES.name, answer.unwrap_or_default())
    }

    /// Replaces all variables by those of an XLSX file. GEN: importGlobalVariables. 422 for a file it cannot read or
    /// without the columns of the template.
    pub async fn import_variables(
        &self,
        agent: &AgentId,
        vidsheet: &VidsheetId,
        file: &File,
    ) -> Result<(), Error> {
        let call = Call::to(&op::IMPORT_VARIABLES, &[vidsheet.as_str()]).agent(agent);
        self.done(call.parts(vec![Part::file("file", file)])).await
    }

    /// An XLSX file with the columns an import needs. GEN: downloadVariablesTemplate.
    pub async fn download_variables_template(&self) -> Result<Vec<u8>, Error> {
        let operation = &op::DOWNLOAD_VARIABLES_TEMPLATE;
        let bytes = self.raw(&Call::to(operation, &[])).await?.bytes(operation.name)?;
        if !bytes.starts_with(ZIP) {
            return Err(Error::Decode { operation: operation.name, reason: "it is no XLSX file".into() });
        }
        Ok(bytes)
    }
}
